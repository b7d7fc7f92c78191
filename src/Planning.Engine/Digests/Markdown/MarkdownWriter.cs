using System.Text;

namespace Planning.Engine.Digests.Markdown;

/// <summary>Headings, lists and tables. What goes in is escaped already, by <see cref="MarkdownText"/>; lines end with LF.</summary>
internal sealed class MarkdownWriter
{
    private readonly StringBuilder text = new();

    public void Heading(int level, string title) => Block($"{new string('#', level)} {title}");

    public void Paragraph(string line) => Block(line);

    public void Bullets(params IEnumerable<string> items) => Lines(items.Select(i => $"- {i}"));

    public void Numbered(params IEnumerable<string> items) => Lines(items.Select((item, i) => $"{i + 1}. {item}"));

    /// <summary>Nothing where there are no rows: a table of headings alone says nothing.</summary>
    public void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        var lines = rows.Select(Row).ToArray();
        if (lines.Length > 0)
            Lines([Row(head), Row([.. head.Select(_ => "---")]), .. lines]);
    }

    /// <param name="lines">Shown as they are. Each begins with a key or blanks before one, so none can end the block.</param>
    public void Fenced(string language, IEnumerable<string> lines) => Lines([$"```{language}", .. lines, "```"]);

    public override string ToString() => text.ToString();

    private static string Row(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |";

    private void Lines(IEnumerable<string> lines)
    {
        var block = string.Join('\n', lines);
        if (block.Length > 0)
            Block(block);
    }

    private void Block(string block)
    {
        if (text.Length > 0)
            text.Append('\n');
        text.Append(block).Append('\n');
    }
}
