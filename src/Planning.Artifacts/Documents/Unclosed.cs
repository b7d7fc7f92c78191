using YamlDotNet.Core;

namespace Planning.Artifacts.Documents;

/// <summary>Finds the bracket or quote that nothing closes: the scanner reads on, and stumbles over a later line.</summary>
internal static class Unclosed
{
    /// <summary>Whether the flow collection that is open where the scanner stopped should have ended before: nothing closes it, and a line behind its beginning stands no deeper.</summary>
    /// <param name="start">Of its bracket.</param>
    /// <param name="line">1-based line at which the scanner stopped.</param>
    public static bool Bracket(TextMap map, Mark start, int line)
    {
        var first = (int)start.Line - 1;
        if (IsClosed(map, first, (int)start.Column - 1, line))
            return false;
        var content = Content(map.Line(first));
        for (var i = first + 1; i < map.Starts.Count; i++)
        {
            var text = map.Line(i);
            var indent = text.Length - text.TrimStart(' ').Length;
            if (text[indent..] is [] or ['#', ..])
                continue;
            if (text[indent] is not (']' or '}') && indent <= content)
                return true;
            // One line behind the place says whether the collection goes on there.
            if (i >= line)
                return false;
        }
        // The file ends, and nothing has closed it.
        return true;
    }

    /// <summary>
    /// The quote of a text that goes on over lines and ends where another value begins, or not at all: its own end is missing.
    /// </summary>
    /// <param name="line">1-based line at which the scanner stopped.</param>
    public static (int Line, int Column)? Quote(TextMap map, int line, string reason)
    {
        (int Line, int Column)? open = null;
        var quote = '"';
        for (var i = 0; i < Math.Min(line, map.Starts.Count); i++)
        {
            var text = map.Line(i);
            var at = 0;
            if (open is { } begun)
            {
                if (End(text, 0, quote) is not { } end)
                    continue;
                if (BeginsValue(text, end) && i >= line - 2)
                    return begun;
                (open, at) = (null, end + 1);
            }
            while (Begin(text, at) is { } begin)
            {
                quote = text[begin];
                if (End(text, begin + 1, quote) is not { } end)
                {
                    open = (i + 1, begin + 1);
                    break;
                }
                at = end + 1;
            }
        }
        return line >= map.Starts.Count || reason.Contains("quoted scalar", StringComparison.Ordinal) ? open : null;
    }

    /// <summary>By counting: what stands in double quotes is no bracket.</summary>
    private static bool IsClosed(TextMap map, int first, int column, int line)
    {
        var (depth, quoted) = (0, false);
        for (var i = first; i < Math.Min(line, map.Starts.Count); i++)
        {
            foreach (var c in i == first ? map.Line(i)[column..] : map.Line(i))
            {
                quoted ^= c == '"';
                depth += quoted ? 0 : c switch { '[' or '{' => 1, ']' or '}' => -1, _ => 0 };
                if (depth == 0 && !quoted)
                    return true;
            }
        }
        return false;
    }

    /// <summary>Where the text of a line begins, behind the dashes of lists.</summary>
    private static int Content(ReadOnlySpan<char> line)
    {
        var at = 0;
        while (at < line.Length && (line[at] == ' ' || line[at..] is ['-', ' ', ..]))
            at++;
        return at;
    }

    private static int? Begin(ReadOnlySpan<char> text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '#' && (i == 0 || text[i - 1] == ' '))
                return null;
            if (text[i] is '"' or '\'' && BeginsValue(text, i))
                return i;
        }
        return null;
    }

    /// <summary>The next quote that is not part of the text itself.</summary>
    private static int? End(ReadOnlySpan<char> text, int from, char quote)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (quote == '"' && text[i] == '\\')
                i++;
            else if (text[i] == quote && quote == '\'' && i + 1 < text.Length && text[i + 1] == quote)
                i++;
            else if (text[i] == quote)
                return i;
        }
        return null;
    }

    /// <summary>Whether what stands before a quote lets a value begin there.</summary>
    private static bool BeginsValue(ReadOnlySpan<char> text, int quote)
    {
        var before = text[..quote];
        return before.IsEmpty || before.TrimEnd(' ') is var told && (told.IsEmpty || (told[^1] is '[' or '{' or ',') || (told.Length < before.Length && told[^1] is ':' or '-'));
    }
}
