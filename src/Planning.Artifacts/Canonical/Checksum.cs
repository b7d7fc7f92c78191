using System.Buffers;
using System.Security.Cryptography;

namespace Planning.Artifacts.Canonical;

/// <summary>SHA-256 checksums in the form that manifests use: <c>sha256:</c> and 64 lower-case hex digits.</summary>
public static class Checksum
{
    /// <summary>What a checksum begins with.</summary>
    public const string Prefix = "sha256:";

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>64 lower-case hex digits, without prefix.</summary>
    public static string Sha256Hex(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>The checksum with its prefix.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Prefix + Sha256Hex(bytes);

    /// <summary>True for text in exactly this form.</summary>
    public static bool IsWellFormed(string? text) =>
        text is { Length: 71 } && text.StartsWith(Prefix, StringComparison.Ordinal)
        && !text.AsSpan(Prefix.Length).ContainsAnyExcept(Hex);
}
