namespace Planning.Artifacts.Kinds;

/// <summary>A pattern of file names: <c>?</c> is one character and <c>*</c> any number of them but no slash, <c>**</c> is anything.
/// Without a slash it fits a file in any folder. Case does not matter, as for built-in kinds.</summary>
public static class NamePattern
{
    /// <summary>Whether a name, with or without folders, fits a pattern. Takes time of the order of both lengths multiplied.</summary>
    public static bool Fits(string pattern, string name)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(name);
        var path = name.Replace('\\', '/').ToLowerInvariant();
        if (!pattern.Contains('/'))
            path = path[(path.LastIndexOf('/') + 1)..];
        return Fits(pattern.ToLowerInvariant().AsSpan(), path);
    }

    /// <summary>A name that fits, and that is as plain as the pattern allows; it has the kind that every fitting name has by the
    /// pattern's own letters.</summary>
    public static string Sample(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern.Replace("**/", "", StringComparison.Ordinal).Replace('*', '~').Replace('?', '~');
    }

    private static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        // reach[i]: whether the part of the pattern that was taken so far fits the first i characters.
        Span<bool> reach = name.Length < 512 ? stackalloc bool[name.Length + 1] : new bool[name.Length + 1];
        reach.Clear();
        reach[0] = true;
        for (var at = 0; at < pattern.Length; at++)
        {
            var folders = pattern[at..].StartsWith("**/");
            if (folders || pattern[at..].StartsWith("**"))
            {
                at += folders ? 2 : 1;
                for (var i = 1; i < reach.Length; i++)
                    reach[i] |= folders ? name[i - 1] == '/' && reach[..i].Contains(true) : reach[i - 1];
            }
            else if (pattern[at] == '*')
            {
                for (var i = 1; i < reach.Length; i++)
                    reach[i] |= reach[i - 1] && name[i - 1] != '/';
            }
            else
            {
                for (var i = reach.Length - 1; i > 0; i--)
                    reach[i] = reach[i - 1] && (pattern[at] == name[i - 1] || (pattern[at] == '?' && name[i - 1] != '/'));
                reach[0] = false;
            }
        }
        return reach[^1];
    }
}
