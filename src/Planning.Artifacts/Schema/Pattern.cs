using System.Text;
using System.Text.RegularExpressions;

namespace Planning.Artifacts.Schema;

/// <summary>A regular expression of ECMAScript, compiled once and bounded in time.</summary>
internal sealed class Pattern
{
    private readonly Regex _regex;

    private Pattern(string text, Regex regex)
    {
        Text = text;
        _regex = regex;
    }

    /// <summary>The expression as the schema has it.</summary>
    public string Text { get; }

    /// <summary>The pattern, or null where the text is no regular expression.</summary>
    public static Pattern? TryCreate(string text, TimeSpan timeout)
    {
        try
        {
            return new Pattern(text, new Regex(Translate(text), RegexOptions.CultureInvariant, timeout));
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>True or false, or null where the match took too long now or before in this evaluation.</summary>
    public bool? Match(string text, Evaluation run)
    {
        if (run.HasTimedOut(this))
            return null;
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            run.TimeOut(this);
            return null;
        }
    }

    /// <summary>Rewrites what ECMAScript and .NET understand differently: \d and \w are ASCII, $ is the very end,
    /// \p{Letter} is \p{L}, \cX and \u{…} are characters, and so is a surrogate pair outside a class.</summary>
    private static string Translate(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        var inClass = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length)
                i = Escape(text, i, inClass, result);
            else if (c == '$' && !inClass)
                result.Append("\\z");
            else if (c == '.' && !inClass)
                result.Append("[^\\n\\r\\u2028\\u2029]");
            else if (!inClass && i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]))
                result.Append("(?:").Append(c).Append(text[++i]).Append(')');
            else
                result.Append(c);
            inClass = c switch { '[' => true, ']' => false, _ => inClass };
        }
        return result.ToString();
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

    private static int CodePoint(string text, int at, int end, StringBuilder result)
    {
        var code = Convert.ToInt32(text[(at + 3)..end], 16);
        result.Append(Regex.Escape(char.ConvertFromUtf32(code)));
        return end;
    }
}
