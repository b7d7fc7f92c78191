namespace Planning.Artifacts.Documents;

/// <summary>Finds the line that an author has to change, where the YAML scanner only notices the effect on a later one.</summary>
internal static class SyntaxSuspects
{
    /// <summary>A tab in the indentation of the lines that were scanned last, or of the next that has one when the scanner names it.</summary>
    /// <param name="line">1-based line at which the scanner stopped.</param>
    public static (int Line, int Column)? Tab(TextMap map, int line, string reason)
    {
        var last = reason.Contains("tab", StringComparison.Ordinal) ? map.Starts.Count - 1 : Math.Min(line, map.Starts.Count - 1);
        for (var i = Math.Max(0, line - 3); i <= last; i++)
        {
            if (Indent(map, i).IndexOf('\t') is var at and >= 0)
                return (i + 1, at + 1);
        }
        return null;
    }

    /// <summary>The first line of a block that is indented off the file's step, where the line behind it is on it: the scanner
    /// takes the block's indentation for right and stumbles over what follows.</summary>
    public static (int Line, int Column)? Misaligned(TextMap map, int line, string reason)
    {
        if (!reason.Contains("did not find expected key", StringComparison.Ordinal) || line > map.Starts.Count)
            return null;
        var step = Enumerable.Range(0, map.Starts.Count).Select(i => Indent(map, i).Length).Where(length => length > 1).DefaultIfEmpty(2).Min();
        var behind = Indent(map, line - 1).Length;
        var first = line - 1;
        while (first > 0 && (IsBlank(map, first - 1) || Indent(map, first - 1).Length > behind))
            first--;
        while (first < line - 1 && IsBlank(map, first))
            first++;
        var indent = Indent(map, first).Length;
        return first < line - 1 && behind % step == 0 && indent % step != 0 ? (first + 1, indent + 1) : null;
    }

    /// <summary>The first of the lines before that have no colon: the scanner takes them for one text with the key that follows.</summary>
    public static (int Line, int Column)? NoKey(TextMap map, int line, string reason)
    {
        if (!reason.Contains("multiline plain scalar", StringComparison.Ordinal) || line > map.Starts.Count)
            return null;
        var first = line - 1;
        while (first > 0 && (IsBlank(map, first - 1) || !map.Line(first - 1).Contains(':')))
            first--;
        while (first < line - 1 && IsBlank(map, first))
            first++;
        return first < line - 1 ? (first + 1, Indent(map, first).Length + 1) : null;
    }

    private static bool IsBlank(TextMap map, int index) => map.Line(index).Trim(" \t") is var text && (text.IsEmpty || text[0] == '#');

    private static ReadOnlySpan<char> Indent(TextMap map, int index)
    {
        var line = map.Line(index);
        return line[..(line.Length - line.TrimStart(" \t").Length)];
    }
}
