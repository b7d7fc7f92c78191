using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Lint;

/// <summary>Finds what makes the outline of a Markdown file useless: no title or several, levels that are skipped, headings
/// and links without content.</summary>
public static class MarkdownLint
{
    /// <summary>Lints a parsed file as prose: everything is a warning but what cannot be read. A file in another format has no
    /// findings; story maps are judged by their own reader, which includes these rules as errors.</summary>
    public static IReadOnlyList<Finding> Run(ParsedArtifact artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        if (artifact.Format != ArtifactFormat.Markdown || artifact.Text is not { } text)
            return [];
        var sink = new FindingSink(artifact.FileName, ArtifactLimits.Default.MaxFindings);
        if (MarkdownParser.Parse(text) is { } document)
            Check(document, text, sink, Severity.Warning);
        else
            sink.Error(1, 1, "", MarkdownRules.Depth, "The Markdown nests too deep to be read.", "Flatten lists and quotes.");
        return sink.Findings;
    }

    internal static void Check(MarkdownDocument document, string text, FindingSink sink, Severity severity)
    {
        var headings = document.Descendants<HeadingBlock>().ToList();
        var title = headings.Find(heading => heading.Level == 1);
        if (title is null)
            sink.Add(1, 1, "", MarkdownRules.NoTitle, severity, "The file has no heading of level 1.", "Begin it with '# ' and its title.");
        var before = 0;
        foreach (var heading in headings)
        {
            var name = MarkdownParser.Text(heading.Inline);
            if (name.Length == 0)
                Report(heading, MarkdownRules.EmptyHeading, "The heading has no text.", "Write what the section is about, or remove it.");
            if (heading.Level == 1 && heading != title)
            {
                Report(
                    heading, MarkdownRules.SecondTitle, $"'{name}' is a second heading of level 1; the first is on line {MarkdownParser.LineOf(title!, text)}.",
                    "Make it a heading of level 2.", $"second title {name}");
            }
            else if (before > 0 && heading.Level > before + 1)
            {
                Report(
                    heading, MarkdownRules.SkippedLevel, $"'{name}' is a heading of level {heading.Level} below one of level {before}.",
                    $"Make it a heading of level {before + 1}.");
            }
            before = heading.Level;
        }
        foreach (var link in document.Descendants<LinkInline>().Where(link => string.IsNullOrWhiteSpace(link.Url)))
            sink.Add(link.Line + 1, link.Column + 1, "", MarkdownRules.EmptyLink, severity, "The link leads nowhere.", "Write where it leads, or keep the text alone.");

        void Report(HeadingBlock heading, string rule, string message, string advice, string? key = null) =>
            sink.Add(MarkdownParser.LineOf(heading, text), heading.Column + 1, "", rule, severity, message, advice, key);
    }
}
