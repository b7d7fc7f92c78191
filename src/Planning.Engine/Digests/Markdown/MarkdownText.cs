using System.Buffers;
using System.Globalization;
using System.Text;

namespace Planning.Engine.Digests.Markdown;

/// <summary>
/// Makes any text plain text within a line of Markdown: no markup, HTML, link, table cell or new line comes out of a
/// title that somebody typed. Meant for CommonMark with the tables and autolinks of GitHub.
/// </summary>
internal static class MarkdownText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\\`*_[]#|~$@");

    /// <summary>Characters that turn the reading direction; in a title they can make a sentence say something else.</summary>
    private static readonly SearchValues<char> Directional = SearchValues.Create("\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    public static string Escape(string text)
    {
        var line = OneLine(text);
        var escaped = new StringBuilder(line.Length + 8);
        var start = StartOfBlock(line);
        for (var i = 0; i < line.Length; i++)
        {
            if (Special.Contains(line[i]) || IsLink(line, i) || (i == start && IsBlockMark(line, i)))
                escaped.Append('\\');
            escaped.Append(Entity(line[i]) ?? line[i].ToString());
        }
        return escaped.ToString();
    }

    /// <summary>An id as code; anything that could end the code is escaped text instead.</summary>
    public static string Code(string id) =>
        id.Length > 0 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ':' or '.' or '/') ? $"`{id}`" : Escape(id);

    /// <summary>Breaks and control characters become blanks, runs of blanks become one, directional marks go.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Directional.Contains(c))
                continue;
            if (!char.IsControl(c) && !char.IsWhiteSpace(c))
                line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }
        return line.ToString().TrimEnd();
    }

    /// <summary>Entities rather than backslashes: they hold also where somebody pastes the text into HTML.</summary>
    private static string? Entity(char c) => c switch
    {
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        _ => null,
    };

    /// <summary>The colon of <c>http://</c> and the point of <c>www.</c>, by which bare links are found.</summary>
    private static bool IsLink(string line, int at) =>
        (line[at] == ':' && string.CompareOrdinal(line, at, "://", 0, 3) == 0)
        || (line[at] == '.' && at >= 3 && CultureInfo.InvariantCulture.CompareInfo.IsSuffix(line.AsSpan(0, at), "www", CompareOptions.OrdinalIgnoreCase));

    /// <summary>Past the digits of what could be a numbered list.</summary>
    private static int StartOfBlock(string line)
    {
        var at = 0;
        while (at < line.Length && char.IsAsciiDigit(line[at]))
            at++;
        return at;
    }

    private static bool IsBlockMark(string line, int at) => at == 0 ? line[at] is '-' or '+' or '=' : line[at] is '.' or ')';
}
