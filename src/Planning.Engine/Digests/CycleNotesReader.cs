using System.Collections.Immutable;
using System.Globalization;
using Planning.Artifacts;
using Planning.Artifacts.Documents;

namespace Planning.Engine.Digests;

/// <summary>
/// Reads cycle_notes.yaml. The cycle is closed when this is called, so nothing can be sent back: what cannot be read is
/// left out and said in <see cref="CycleNotes.Problems"/>.
/// </summary>
public static class CycleNotesReader
{
    private const string FileName = "cycle_notes.yaml";

    public static CycleNotes Read(ReadOnlyMemory<byte> bytes)
    {
        var parsed = ArtifactParser.Parse(bytes, FileName);
        var problems = new List<string>(parsed.Findings.Where(f => f.Severity == Severity.Error).Select(f => $"{FileName}:{f.Line}:{f.Column} {f.Message}"));
        var root = parsed.Root;
        if (root is { IsMapping: false } other)
            Wrong(other, "a mapping");
        var lessons = root?["lessons_learned"];
        return new CycleNotes(
            [.. Items(root, "risks").Select(Risk).OfType<Risk>()],
            [.. Items(root, "decisions").Select(Decision).OfType<NotedDecision>()],
            lessons is null ? null : new Lessons(Texts(lessons, "worked_well"), Texts(lessons, "to_improve")),
            Texts(root, "next_goals"),
            Texts(root, "success_criteria"),
            Texts(root, "distribution"),
            [.. problems]);

        Risk? Risk(DocumentNode node) => Text(node, "risk") is { } risk && Text(node, "impact") is { } impact && Text(node, "probability") is { } probability
            ? new Risk(risk, impact, probability, Text(node, "mitigation", required: false), Text(node, "status", required: false))
            : null;

        NotedDecision? Decision(DocumentNode node) => Text(node, "title") is { } title && Text(node, "reason") is { } reason
            ? new NotedDecision(title, reason, Date(node))
            : null;

        DateOnly? Date(DocumentNode node)
        {
            if (Text(node, "date", required: false) is not { } text)
                return null;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                return date;
            Wrong(node["date"]!.Value, "a date such as 2027-01-31");
            return null;
        }

        ImmutableArray<string> Texts(DocumentNode? parent, string key) => [.. Items(parent, key).Select(TextOf).OfType<string>()];

        IEnumerable<DocumentNode> Items(DocumentNode? parent, string key)
        {
            if (parent?[key] is not { Kind: not NodeKind.Null } node)
                return [];
            if (!node.IsSequence)
                Wrong(node, "a list");
            return node.Elements;
        }

        string? Text(DocumentNode parent, string key, bool required = true)
        {
            if (parent[key] is { Kind: not NodeKind.Null } node)
                return TextOf(node);
            if (required)
                problems.Add($"{FileName}:{parent.Line}:{parent.Column} '{key}' is missing; the entry is left out.");
            return null;
        }

        string? TextOf(DocumentNode node)
        {
            // A date or a version that was written without quotes is meant as its text.
            if (node is { Kind: NodeKind.String or NodeKind.Integer or NodeKind.Number, Text: { Length: > 0 } text })
                return text;
            Wrong(node, "text");
            return null;
        }

        void Wrong(DocumentNode node, string expected) => problems.Add($"{FileName}:{node.Line}:{node.Column} {node.Pointer} should be {expected}; it is left out.");
    }
}
