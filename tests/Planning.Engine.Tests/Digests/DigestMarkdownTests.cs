using System.Collections.Immutable;
using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Planning.Engine.Digests;
using Planning.Engine.Digests.Markdown;
using Xunit;

namespace Planning.Engine.Tests.Digests;

public sealed class DigestMarkdownTests
{
    private static readonly MarkdownPipeline GitHub = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseEmphasisExtras().UseTaskLists().Build();
    private static readonly Digest Golden = GoldenHistory.Build(GoldenHistory.Events);

    public static TheoryData<string> Hostile =>
    [
        "<script>alert(1)</script>", "a | b | c", "[click](javascript:alert(1))", "![x](http://evil/x.png)", "https://evil.example/path", "www.evil.example",
        "**bold** _it_ ~~gone~~ `code`", "# heading", "- item", "+ item", "1. one", "2) two", "> quote", "---", "===", "```", "~~~", "a\n\n# b", "a\r\nb",
        "&lt;b&gt; &amp;", "<!-- comment", "\\| \\* \\", "[ref]: http://evil", "    indented", "[x] task", "mail@example.com", "a\u2028b", "<https://evil.example>", "|---|---|",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Text_that_people_wrote_stays_text(string text)
    {
        var hostile = Markdig.Markdown.Parse(Encoding.UTF8.GetString(DigestMarkdown.Render(Everywhere(text))), GitHub);
        Assert.Empty(hostile.Descendants<LinkInline>());
        Assert.Empty(hostile.Descendants<AutolinkInline>());
        Assert.Empty(hostile.Descendants<HtmlInline>());
        Assert.Empty(hostile.Descendants<HtmlBlock>());
        Assert.Empty(hostile.Descendants<QuoteBlock>());
        Assert.Empty(hostile.Descendants<ThematicBreakBlock>());
        var harmless = Markdig.Markdown.Parse(Encoding.UTF8.GetString(DigestMarkdown.Render(Everywhere("plain"))), GitHub);
        Assert.Equal(Shape(harmless), Shape(hostile));
        Assert.Contains(hostile.Descendants<HeadingBlock>(), h => TextOf(h.Inline!) == $"Cycle digest: {Line(text)}");
        Assert.Contains(hostile.Descendants<TableCell>(), c => TextOf(c.Descendants<ParagraphBlock>().First().Inline!) == Line(text));
        Assert.Contains(hostile.Descendants<ListItemBlock>(), i => TextOf(i.Descendants<ParagraphBlock>().First().Inline!) == Line(text));
    }

    [Fact]
    public void Every_table_has_as_many_cells_in_each_row_as_it_has_columns()
    {
        var tables = Markdig.Markdown.Parse(Encoding.UTF8.GetString(DigestMarkdown.Render(Golden)), GitHub).Descendants<Table>().ToArray();
        Assert.Equal(12, tables.Length);
        Assert.All(tables, t => Assert.All(t.OfType<TableRow>(), r => Assert.Equal(t.OfType<TableRow>().First().Count, r.Count)));
    }

    [Fact]
    public void Marks_that_turn_the_reading_direction_are_taken_out() =>
        Assert.DoesNotContain('\u202e', Encoding.UTF8.GetString(DigestMarkdown.Render(Everywhere("safe\u202etxt"))));

    [Fact]
    public void A_long_list_of_sources_is_cut_short_and_says_so()
    {
        var many = Enumerable.Range(1, 25).Select(n => $"evt_{n}").ToImmutableArray();
        var page = Encoding.UTF8.GetString(DigestMarkdown.Render(Golden with { Summary = [new Figure("tally", 25, many)] }));
        Assert.Contains("`evt_20` and 5 more in the JSON form", page, StringComparison.Ordinal);
        Assert.DoesNotContain("`evt_21`", page, StringComparison.Ordinal);
    }

    private static Digest Everywhere(string text) => Golden with
    {
        Cycle = Golden.Cycle with { Name = text, Goals = [text] },
        Kpis = [.. Golden.Kpis.Select(k => k with { Name = "k", Description = text, Unit = text, Formula = text })],
        Decisions = new DecisionsSection([new NotedDecision(text, text, null)], [.. Golden.Decisions!.Board.Select(b => b with { Title = text, Comment = text })]),
        Deliverables = [.. Golden.Deliverables!.Value.Select(d => d with { Title = text, Stream = text })],
        Risks = [new Risk(text, text, text, text, text)],
        Gates = [.. Golden.Gates!.Value.Select(g => g with { Gate = text })],
        Resources = [.. Golden.Resources!.Value.Select(r => r with { Stream = text })],
        Insights = [new Insight(text, [])],
        Recommendations = [text],
        LessonsLearned = new Lessons([text], [text]),
        Next = Golden.Next! with { Name = text, Goals = [text], SuccessCriteria = [text] },
        Distribution = [text],
        NotesProblems = [text],
    };

    /// <summary>The kinds of all nodes but text: a title may change words, never the structure.</summary>
    private static string Shape(MarkdownDocument page) => string.Join(' ', page.Descendants()
        .Where(n => n is not (LiteralInline or HtmlEntityInline or LineBreakInline)).Select(n => n.GetType().Name));

    private static string TextOf(ContainerInline inline) => string.Concat(inline.Descendants().Select(n => n switch
    {
        LiteralInline literal => literal.Content.ToString(),
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        _ => "",
    }));

    private static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
