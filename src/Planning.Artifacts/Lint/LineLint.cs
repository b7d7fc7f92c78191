using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Lint;

/// <summary>What can be seen from the lines alone. Lines that are text of a block scalar are left alone.</summary>
internal static class LineLint
{
    public static void Run(TextMap map, IReadOnlySet<int> content, FindingSink sink, Severity form)
    {
        for (var i = 0; i < map.Starts.Count; i++)
        {
            if (content.Contains(i + 1))
                continue;
            var line = map.Line(i);
            var body = line.TrimEnd(" \t");
            if (body.Length < line.Length)
                sink.Add(i + 1, body.Length + 1, "", LintRules.TrailingSpace, form, "The line ends with spaces.", "Remove them.");
            var indent = line[..(line.Length - line.TrimStart(" \t").Length)];
            if (body.Length > 0 && indent.IndexOf('\t') is var tab and >= 0)
                sink.Error(i + 1, tab + 1, "", LintRules.Tab, "A tab stands in the indentation.", "Indent with spaces.");
        }
        if (map.Text.Length > 0 && map.Text[^1] is not ('\n' or '\r'))
        {
            var (line, column) = map.Position(map.Text.Length);
            sink.Add(line, column, "", LintRules.FinalNewline, Severity.Warning, "The last line has no newline.", "End the file with a newline.");
        }
    }
}
