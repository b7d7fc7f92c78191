using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Lint;

namespace Planning.Artifacts.StoryMaps;

/// <summary>Reads story_map.md: a title, at least one <c>Epic: …</c>, a <c>Backbone</c>, a <c>Walking Skeleton</c>
/// and at least one <c>Release …</c>, each a heading with a list below it. Its outline is linted as well.</summary>
public static class StoryMapReader
{
    /// <summary>A required section is not there.</summary>
    public const string MissingRule = "story_map.section_missing";

    /// <summary>A section has no list items.</summary>
    public const string EmptyRule = "story_map.section_empty";

    /// <summary>The document nests deeper than the reader follows.</summary>
    public const string DepthRule = "story_map.depth";

    /// <summary>Reads the structure; each missing or empty section, and each fault of the outline, is a finding.</summary>
    public static ReadResult<StoryMap> Read(ParsedArtifact artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        var sink = new FindingSink(artifact.FileName, 1_000);
        if (artifact.Text is null)
            return new ReadResult<StoryMap>(null, sink.Findings);
        if (MarkdownParser.Parse(artifact.Text) is not { } document)
        {
            sink.Error(1, 1, "", DepthRule, "The Markdown nests too deep to be read.", "Flatten lists and quotes.");
            return new ReadResult<StoryMap>(null, sink.Findings);
        }
        MarkdownLint.Check(document, artifact.Text, sink, Severity.Error);
        var sections = Sections(document, artifact.Text);
        var map = new StoryMap(
            sections.FirstOrDefault()?.Heading.Text ?? "",
            [.. Named(sections, "Epic:").Select(s => new MarkdownText(s.Heading.Text[5..].Trim(), s.Heading.Line, 1))],
            Items(Named(sections, "Backbone")),
            Items(Named(sections, "Walking Skeleton")),
            [.. Named(sections, "Release").Select(s => new StoryRelease(s.Heading.Text, s.Heading.Line, Items([s])))],
            [.. sections.Select(s => s.Heading)],
            [.. document.Descendants<LinkInline>().Where(l => l.Url is not null).Select(l => new MarkdownText(l.Url!, l.Line + 1, l.Column + 1))]);
        Check(sections, artifact.Text, sink);
        return new ReadResult<StoryMap>(map, sink.Findings);
    }

    private static void Check(List<Section> sections, string text, FindingSink sink)
    {
        var lastLine = text.AsSpan().TrimEnd('\n').Count('\n') + 1;
        foreach (var (start, heading) in new[]
        {
            ("Epic:", "## Epic: NAME"), ("Backbone", "### Backbone"), ("Walking Skeleton", "### Walking Skeleton"), ("Release", "### Release 1"),
        })
        {
            var found = Named(sections, start);
            if (found.Count == 0)
                sink.Error(lastLine, 1, "", MissingRule, $"The story map has no section '{start.TrimEnd(':')}'.", $"Add a heading '{heading}' with a list below it.");
            foreach (var section in found.Where(s => start != "Epic:" && s.Lists.Count == 0))
            {
                sink.Error(
                    section.Heading.Line, 1, "", EmptyRule, $"The section '{section.Heading.Text}' has no items.", "Add a list below the heading.");
            }
        }
    }

    private static List<Section> Sections(MarkdownDocument document, string text)
    {
        var sections = new List<Section>();
        foreach (var block in document)
        {
            if (block is HeadingBlock heading)
                sections.Add(new Section(new MarkdownHeading(heading.Level, MarkdownParser.Text(heading.Inline), MarkdownParser.LineOf(heading, text)), []));
            else if (block is ListBlock list && sections.Count > 0)
                sections[^1].Lists.Add(list);
        }
        return sections;
    }

    private static List<Section> Named(List<Section> sections, string start) =>
        [.. sections.Where(s => s.Heading.Text.StartsWith(start, StringComparison.OrdinalIgnoreCase))];

    /// <summary>An item's strong words are its names (a whole backbone may stand on one line); else its first line is.</summary>
    private static List<MarkdownText> Items(List<Section> sections)
    {
        var items = new List<MarkdownText>();
        foreach (var item in sections.SelectMany(s => s.Lists).SelectMany(list => list).OfType<ListItemBlock>())
        {
            if (item.FirstOrDefault() is not ParagraphBlock paragraph)
                continue;
            var strong = paragraph.Inline?.Descendants<EmphasisInline>().Where(e => e.DelimiterCount == 2).ToList() ?? [];
            if (strong.Count > 0)
                items.AddRange(strong.Select(e => new MarkdownText(MarkdownParser.Text(e), e.Line + 1, e.Column + 1)));
            else
                items.Add(new MarkdownText(MarkdownParser.Text(paragraph.Inline), paragraph.Line + 1, paragraph.Column + 1));
        }
        return items;
    }

    private sealed record Section(MarkdownHeading Heading, List<ListBlock> Lists);
}
