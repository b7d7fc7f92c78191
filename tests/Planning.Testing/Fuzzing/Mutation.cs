using System.Text;

namespace Planning.Testing.Fuzzing;

/// <summary>One damage to a file: where, and which. Plain numbers, so that any generator can make and shrink it.</summary>
public sealed record Mutation(int Place, int What)
{
    /// <summary>Bytes that mean something to a parser.</summary>
    private static readonly byte[][] Snippets =
    [
        "\t"u8.ToArray(), "&a "u8.ToArray(), "*a"u8.ToArray(), "\0"u8.ToArray(), [0xFF], [0xC3], "\u2028"u8.ToArray(), "{"u8.ToArray(), "]"u8.ToArray(),
        "\r"u8.ToArray(), "? "u8.ToArray(), "!!int "u8.ToArray(), "<<: "u8.ToArray(), "---\n"u8.ToArray(), "\\ud800"u8.ToArray(), "1e999999999"u8.ToArray(),
        "\""u8.ToArray(), "'"u8.ToArray(), "|\n"u8.ToArray(), "%"u8.ToArray(), "<"u8.ToArray(), "&"u8.ToArray(), "[[[["u8.ToArray(), ".inf"u8.ToArray(),
        "😀"u8.ToArray(), "\u0085"u8.ToArray(), "<!DOCTYPE a [<!ENTITY b \"c\">]>"u8.ToArray(), "SF:a\n"u8.ToArray(), "LF:9\n"u8.ToArray(),
    ];

    /// <summary>Values that a field rarely has.</summary>
    private static readonly string[] Values =
    [
        "null", "[]", "{}", "''", "-1", "0", "1e308", "99999999999999999999999999", "0.1", "true", "0000-00-00", "0001-01-01", "9999-12-31", "2027-02-30",
        "2027-01-04T25:00:00Z", "pln_2/X", "/", "a/b/c", "PLN-BE-001", "[PLN-BE-001, PLN-BE-001]", "calendar", "done", "*", "mara", "2147483648", "[[]]", "{a: {a: {}}}",
    ];

    /// <summary>The file with the damage; of the same kind, mostly, as lines and fields are moved more often than bytes are broken.</summary>
    public byte[] Apply(byte[] bytes) => (What % 3) switch
    {
        0 => InBytes(bytes),
        1 => InLines(bytes),
        _ => InValue(bytes),
    };

    private byte[] InBytes(byte[] bytes)
    {
        var (kind, rest) = (What / 3 % 4, What / 12);
        var at = Place % (bytes.Length + 1);
        byte[] insert = kind switch
        {
            0 => [],
            1 => [(byte)rest],
            2 => Snippets[rest % Snippets.Length],
            _ => bytes[at..Math.Min(at + (rest % 97), bytes.Length)],
        };
        var gone = kind == 0 || rest % 2 == 0 ? Math.Min(rest % 9, bytes.Length - at) : 0;
        return [.. bytes[..at], .. insert, .. bytes[(at + gone)..]];
    }

    private byte[] InLines(byte[] bytes)
    {
        var lines = Encoding.Latin1.GetString(bytes).Split('\n').ToList();
        var (kind, rest) = (What / 3 % 5, What / 15);
        var (at, other) = (Place % lines.Count, rest % lines.Count);
        switch (kind)
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(other, lines[at]);
                break;
            case 2:
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            case 3:
                lines[at] = "  " + lines[at];
                break;
            default:
                lines[at] = lines[at].StartsWith("  ", StringComparison.Ordinal) ? lines[at][2..] : lines[at].TrimStart();
                break;
        }
        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }

    /// <summary>What stands behind a colon or an equals sign is replaced, to the end of the line or to the next quote or comma.</summary>
    private byte[] InValue(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var at = text.IndexOfAny([':', '='], Place % (text.Length + 1));
        if (at < 0)
            return bytes;
        var value = Values[What / 3 % Values.Length];
        var start = at + 1;
        while (start < text.Length && text[start] is ' ' or '"')
            start++;
        var end = text.IndexOfAny(['\n', '"', ','], start);
        return Encoding.Latin1.GetBytes(string.Concat(text.AsSpan(0, start), value, text.AsSpan(end < 0 ? text.Length : end)));
    }
}
