using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Planning.Artifacts.Documents;

/// <summary>CommonMark with positions.</summary>
internal static class MarkdownParser
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePreciseSourceLocation().Build();

    /// <summary>Null where the text nests deeper than the parser follows.</summary>
    public static MarkdownDocument? Parse(string text)
    {
        try
        {
            return Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>1-based line that a heading begins on; of an underlined one the parser's own line is that of the underline.</summary>
    public static int LineOf(HeadingBlock heading, string text) =>
        heading.IsSetext ? TextMap.Of(text).Position(heading.Span.Start).Line : heading.Line + 1;

    /// <summary>What a reader sees of an inline element, on one line.</summary>
    public static string Text(ContainerInline? inline) => inline is null
        ? ""
        : string.Concat(inline.Descendants<LeafInline>().Select(leaf => leaf switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            LineBreakInline => " ",
            _ => "",
        })).Trim();
}
