namespace Planning.Engine.Reads;

/// <summary>How titles are searched: by the beginnings of their words, whatever the case.</summary>
public static class TitleWords
{
    /// <summary>The words of a text: runs of letters and digits, lower case, each once, in order of appearance.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                start = start < 0 ? i : start;
                continue;
            }
            if (start >= 0 && text[start..i].ToLowerInvariant() is var word && !words.Contains(word))
                words.Add(word);
            start = -1;
        }
        return words;
    }

    /// <summary>Whether each word of the search begins a word of the title.</summary>
    public static bool Fit(string title, string search)
    {
        var words = Of(title);
        return Of(search).All(sought => words.Any(w => w.StartsWith(sought, StringComparison.Ordinal)));
    }
}
