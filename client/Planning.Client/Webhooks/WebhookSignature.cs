using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Planning.Client;

/// <summary>
/// For programs that receive webhooks: tells whether a request is from the planning server. The header is <c>t=unix seconds,v1=hex</c>; each
/// <c>v1</c> is HMAC-SHA256 over <c>t</c>, a dot and the body, with one of the secrets that are valid now.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header that carries the signature.</summary>
    public const string Header = "Planning-Signature";

    /// <summary>The header with the message's id, the same however often it is sent. What was seen before is answered with 200 and dropped.</summary>
    public const string MessageIdHeader = "Planning-Message-Id";

    private const int MaxHeaderLength = 1_000;
    private const int SignatureBytes = 32;

    /// <summary>How far apart the clocks may be, and how old a message.</summary>
    public static readonly TimeSpan DefaultTolerance = TimeSpan.FromMinutes(5);

    /// <summary>True only for a body that was signed with the secret, not longer ago than the tolerance and not in the future by more than it.</summary>
    /// <param name="secret">The target's secret.</param>
    /// <param name="header">The value of <see cref="Header"/>; null when the request has none.</param>
    /// <param name="body">Exactly the bytes that arrived, before anything has parsed them.</param>
    /// <param name="now">The receiver's time.</param>
    /// <param name="tolerance">Null for <see cref="DefaultTolerance"/>.</param>
    /// <exception cref="ArgumentException">The secret is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is negative.</exception>
    public static bool Verify(string secret, string? header, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan? tolerance = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        var allowed = tolerance ?? DefaultTolerance;
        ArgumentOutOfRangeException.ThrowIfLessThan(allowed, TimeSpan.Zero, nameof(tolerance));
        if (Read(header) is not var (timestamp, at, signatures))
            return false;

        Span<byte> expected = stackalloc byte[SignatureBytes];
        Sign(secret, timestamp, body, expected);
        // Every signature is compared whole, so that the time taken says nothing about where one differs.
        var genuine = false;
        foreach (var signature in signatures)
            genuine |= CryptographicOperations.FixedTimeEquals(signature, expected);
        return genuine && (now - at).Duration() <= allowed;
    }

    private static void Sign(string secret, string timestamp, ReadOnlySpan<byte> body, Span<byte> signature)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(timestamp + "."));
        hmac.AppendData(body);
        hmac.GetHashAndReset(signature);
    }

    /// <summary>Null for what is no header of ours. Parts of a later kind than <c>v1</c> are passed over.</summary>
    private static (string Timestamp, DateTimeOffset At, List<byte[]> Signatures)? Read(string? header)
    {
        if (header is null || header.Length > MaxHeaderLength)
            return null;
        string? timestamp = null;
        var signatures = new List<byte[]>();
        foreach (var part in header.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("t=", StringComparison.Ordinal))
            {
                if (timestamp is not null)
                    return null;
                timestamp = part[2..];
            }
            else if (part.StartsWith("v1=", StringComparison.Ordinal))
            {
                var signature = new byte[SignatureBytes];
                if (part.Length != 3 + 2 * SignatureBytes || Convert.FromHexString(part.AsSpan(3), signature, out _, out _) != System.Buffers.OperationStatus.Done)
                    return null;
                signatures.Add(signature);
            }
        }
        return timestamp is not null && Instant(timestamp) is { } at ? (timestamp, at, signatures) : null;
    }

    private static DateTimeOffset? Instant(string timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
