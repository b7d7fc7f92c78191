using System.Buffers;
using System.Text;

namespace Planning.Trackers.Jira;

/// <summary>Jira reads texts as wiki markup: what people wrote must not become links, pictures, mentions or macros.</summary>
internal static class JiraText
{
    private static readonly SearchValues<char> Markup = SearchValues.Create(@"\{}[]!|*_^~+#@");

    public static string Plain(string text)
    {
        if (!text.AsSpan().ContainsAny(Markup))
            return text;
        var plain = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (Markup.Contains(c))
                plain.Append('\\');
            plain.Append(c);
        }
        return plain.ToString();
    }
}
