using System.Buffers;

namespace Planning.Artifacts.Documents;

/// <summary>Decides what a plain YAML scalar is, by the core schema of YAML 1.2.</summary>
internal static class CoreSchema
{
    private static readonly SearchValues<char> Octal = SearchValues.Create("01234567");
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The kind of a plain scalar; <see cref="NodeKind.String"/> where nothing else fits.</summary>
    public static NodeKind Resolve(string text)
    {
        if (text.Length == 0)
            return NodeKind.Null;
        switch (text[0])
        {
            case '~' or 'n' or 'N':
                return text is "~" or "null" or "Null" or "NULL" ? NodeKind.Null : NodeKind.String;
            case 't' or 'T' or 'f' or 'F':
                return text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE" ? NodeKind.Boolean : NodeKind.String;
            case '+' or '-' or '.' or (>= '0' and <= '9'):
                return ResolveNumber(text);
            default:
                return NodeKind.String;
        }
    }

    /// <summary>True for .inf and .nan in their spellings, which JSON has no number for.</summary>
    public static bool IsNonFinite(string text) =>
        text.TrimStart('+', '-') is ".inf" or ".Inf" or ".INF" || text is ".nan" or ".NaN" or ".NAN";

    private static NodeKind ResolveNumber(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("0o") && text.Length > 2)
            return text[2..].ContainsAnyExcept(Octal) ? NodeKind.String : NodeKind.Integer;
        if (text.StartsWith("0x") && text.Length > 2)
            return text[2..].ContainsAnyExcept(Hex) ? NodeKind.String : NodeKind.Integer;
        if (text[0] is '+' or '-')
            text = text[1..];
        var whole = Run(ref text);
        if (text.IsEmpty)
            return whole > 0 ? NodeKind.Integer : NodeKind.String;
        var fraction = 0;
        if (text[0] == '.')
        {
            text = text[1..];
            fraction = Run(ref text);
        }
        if (whole + fraction == 0)
            return NodeKind.String;
        if (text is ['e' or 'E', ..])
        {
            text = text[1..];
            if (text is ['+' or '-', ..])
                text = text[1..];
            if (Run(ref text) == 0)
                return NodeKind.String;
        }
        return text.IsEmpty ? NodeKind.Number : NodeKind.String;
    }

    private static int Run(ref ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept(Digits);
        if (length < 0)
            length = text.Length;
        text = text[length..];
        return length;
    }
}
