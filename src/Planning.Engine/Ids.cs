using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Planning.Engine;

/// <summary>Makes ids: <c>pln_…</c>, <c>evt_2027_01_15_…</c>; 80 bits in base 32, lower case, without letters that look alike.</summary>
public static class Ids
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Bytes = 10;

    /// <summary>A fresh id.</summary>
    public static string New(string prefix)
    {
        Span<byte> random = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(random);
        return Write(prefix, random);
    }

    /// <summary>The same id for the same parts, always: what makes a retried command find its own effect.</summary>
    public static string Derived(string prefix, params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part};");
        return Write(prefix, SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, Bytes));
    }

    /// <summary>The prefix with a day in it, as the seed's manifests and events have: <c>hnd_2024_01_15_</c>.</summary>
    public static string Dated(string prefix, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{at.UtcDateTime:yyyy_MM_dd}_");

    /// <summary>The first eight bytes of a SHA-256, to tell one command body from another.</summary>
    public static long HashOf(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }

    private static string Write(string prefix, ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[prefix.Length + (Bytes * 8 / 5)];
        prefix.CopyTo(text);
        var at = prefix.Length;
        ulong buffer = 0;
        var bits = 0;
        foreach (var b in bytes)
        {
            buffer = (buffer << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5)
                text[at++] = Alphabet[(int)(buffer >> (bits - 5)) & 31];
        }
        return new string(text);
    }
}
