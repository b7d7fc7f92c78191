using System.Text;
using System.Text.RegularExpressions;

namespace Planning.Artifacts.Schema;

/// <summary>
/// Rewrites what ECMAScript and .NET understand differently: \d and \w are ASCII, $ is the very end, \p{Letter} is \p{L}, [] matches
/// nothing and [^] all, [ in a class is itself, \cX and \u{…} are characters, and so is a surrogate pair outside a class.
/// </summary>
internal static partial class EcmaScriptPattern
{
    private const string AnyCharacter = @"[^\n\r\u2028\u2029]", Everything = @"[\s\S]", Nothing = "(?!)";

    /// <summary>The same expression in the language of .NET.</summary>
    /// <exception cref="ArgumentException">ECMAScript has no such escape or group.</exception>
    public static string Translate(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        var inClass = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
                i = Escape(text, i, inClass, result);
            else if (inClass)
                inClass = InClass(text[i], result);
            else
                i = Outside(text, i, result, out inClass);
        }
        return result.ToString();
    }

    /// <summary>Gives whether the class goes on.</summary>
    private static bool InClass(char c, StringBuilder result)
    {
        result.Append(c == '[' ? "\\[" : c.ToString());
        return c != ']';
    }

    /// <summary>Gives the place of the last character that was translated.</summary>
    private static int Outside(string text, int at, StringBuilder result, out bool opensClass)
    {
        opensClass = false;
        switch (text[at])
        {
            case '(' when !Group().IsMatch(text, at):
                throw new ArgumentException("ECMAScript has no such group.", nameof(text));
            case '[' when EmptyClass().Match(text, at) is { Success: true, ValueSpan: var empty }:
                result.Append(empty is "[]" ? Nothing : Everything);
                return at + empty.Length - 1;
            case '$':
                result.Append("\\z");
                return at;
            case '.':
                result.Append(AnyCharacter);
                return at;
            case var high when at + 1 < text.Length && char.IsSurrogatePair(high, text[at + 1]):
                result.Append("(?:").Append(high).Append(text[at + 1]).Append(')');
                return at + 1;
            case var other:
                opensClass = other == '[';
                result.Append(other);
                return at;
        }
    }

    /// <summary>Translates the escape at <paramref name="at"/> and gives the place of its last character.</summary>
    private static int Escape(string text, int at, bool inClass, StringBuilder result)
    {
        var c = text[at + 1];
        var ascii = c switch { 'd' => "0-9", 'w' => "a-zA-Z0-9_", _ => null };
        var negated = c switch { 'D' => "0-9", 'W' => "a-zA-Z0-9_", 'S' => @"\s\uFEFF\u00A0", _ => null };
        if (ascii is not null)
            result.Append(inClass ? ascii : $"[{ascii}]");
        else if (c == 's')
            result.Append(inClass ? @"\s\uFEFF\u00A0" : @"[\s\uFEFF\u00A0]");
        else if (negated is not null && !inClass)
            result.Append($"[^{negated}]");
        else if (c is 'p' or 'P' && text.AsSpan(at).IndexOf('}') is var close and > 3 && text[at + 2] == '{')
            return Property(text, at, close, result);
        else if (c == 'u' && at + 2 < text.Length && text[at + 2] == '{' && text.IndexOf('}', at) is var end and > 0)
            return CodePoint(text, at, end, result);
        else if (c is 'a' or 'e' or 'Z' or 'z' or 'A' or 'G')
            throw new ArgumentException($"\\{c} is no escape of ECMAScript.", nameof(text));
        else
            result.Append('\\').Append(c);
        return at + 1;
    }

    private static int Property(string text, int at, int close, StringBuilder result)
    {
        var name = text[(at + 3)..(at + close)];
        name = name[(name.IndexOf('=') + 1)..];
        result.Append('\\').Append(text[at + 1]).Append('{').Append(name switch
        {
            "Letter" => "L", "Lowercase_Letter" => "Ll", "Uppercase_Letter" => "Lu", "Mark" => "M", "Number" => "N",
            "Decimal_Number" or "digit" => "Nd", "Punctuation" or "punct" => "P", "Symbol" => "S", "Separator" => "Z", "Other" => "C",
            _ => name,
        }).Append('}');
        return at + close;
    }

    /// <summary>Plain and capturing groups, looking around, and flags for a group; no comments, and no flags for all that follows.</summary>
    [GeneratedRegex(@"\G\((?!\?)|\G\(\?([:=!<]|[ims]*(-[ims]*)?:)", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex Group();

    [GeneratedRegex(@"\G\[\^?\]", RegexOptions.None, 250)]
    private static partial Regex EmptyClass();

    private static int CodePoint(string text, int at, int end, StringBuilder result)
    {
        var code = Convert.ToInt32(text[(at + 3)..end], 16);
        result.Append(Regex.Escape(char.ConvertFromUtf32(code)));
        return end;
    }
}
