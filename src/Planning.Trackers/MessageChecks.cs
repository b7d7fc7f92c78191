using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Planning.Domain;
using Planning.Engine.Trackers;

namespace Planning.Trackers;

/// <summary>What every message must pass before anything in it is believed.</summary>
internal static class MessageChecks
{
    /// <summary>How far the tracker's clock may be ahead of ours.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Whether a signature in hexadecimal is that of the bytes under one of the secrets; all are compared, in constant time.</summary>
    public static bool IsSigned(IReadOnlyList<string> secrets, ReadOnlySpan<byte> signed, ReadOnlySpan<char> signature)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        if (signature.Length != given.Length * 2 || Convert.FromHexString(signature, given, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        Span<byte> made = stackalloc byte[SHA256.HashSizeInBytes];
        var matches = false;
        foreach (var secret in secrets)
        {
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed, made);
            matches |= CryptographicOperations.FixedTimeEquals(made, given);
        }
        return matches;
    }

    public static Rejection? RefuseStale(DateTimeOffset at, TimeSpan maxAge, DateTimeOffset now) =>
        at < now - maxAge || at > now + ClockSkew ? TrackerFaults.Stale(at, maxAge) : null;

    /// <summary>Null where the body is no JSON object.</summary>
    public static JsonElement? ParseObject(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member of an object; undefined where there is none, or where this is no object.</summary>
    public static JsonElement Get(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    /// <summary>A text or a number as text; null for anything else, and for what is empty.</summary>
    public static string? Text(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number => element.TryGetDecimal(out var number) && decimal.Truncate(number) == number
            ? decimal.Truncate(number).ToString(CultureInfo.InvariantCulture)
            : element.GetRawText(),
        _ => null,
    };

    public static PersonId? PersonOf(this TrackerOptions options, string account) =>
        options.People.TryGetValue(account, out var person) ? new PersonId(person) : null;
}
