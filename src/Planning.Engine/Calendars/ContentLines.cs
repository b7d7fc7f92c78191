using System.Buffers;
using System.Text;

namespace Planning.Engine.Calendars;

/// <summary>Lines of an iCalendar file: each ends with CR and LF, and is folded where it exceeds 75 octets (RFC 5545, 3.1).</summary>
internal sealed class ContentLines
{
    private const int MaxOctets = 75;

    private readonly ArrayBufferWriter<byte> bytes = new();

    /// <param name="line">A whole content line; texts in it are escaped.</param>
    public void Add(string line)
    {
        Span<byte> one = stackalloc byte[4];
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(one);
            // Between characters, never within one; the blank that marks the continuation counts, too.
            if (octets + length > MaxOctets)
            {
                bytes.Write("\r\n "u8);
                octets = 1;
            }
            bytes.Write(one[..length]);
            octets += length;
        }
        bytes.Write("\r\n"u8);
    }

    public void AddText(string property, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
            Add($"{property}:{Escape(text)}");
    }

    public byte[] ToArray() => bytes.WrittenSpan.ToArray();

    /// <summary>Of a TEXT value (3.3.11); control characters, which it cannot have, are left out.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            if (c is '\\' or ';' or ',')
                escaped.Append('\\').Append(c);
            else if (c == '\n')
                escaped.Append("\\n");
            else if (!char.IsControl(c) || c == '\t')
                escaped.Append(c);
        }
        return escaped.ToString();
    }
}
