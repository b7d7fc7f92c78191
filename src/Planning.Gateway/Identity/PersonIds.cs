using System.Buffers;

namespace Planning.Gateway.Identity;

/// <summary>What a pseudonymous id of a person or service looks like. "system" is the backend itself.</summary>
internal static class PersonIds
{
    public const string Form = "1 to 64 of a-z, A-Z, 0-9, '.', '_', '-', and not 'system'";

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    public static bool IsValid(string id) =>
        id.Length is > 0 and <= 64 && !id.AsSpan().ContainsAnyExcept(Allowed) && !id.Equals("system", StringComparison.OrdinalIgnoreCase);
}
