using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Cycles;

/// <summary>Reads cycle_notes.yaml.</summary>
public static class CycleNotesReader
{
    /// <summary>Reads what can be read; each wrong field is a finding.</summary>
    public static ReadResult<CycleNotes> Read(ParsedArtifact artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        var fields = new FieldReader(artifact);
        if (fields.Root is not { } root)
            return new ReadResult<CycleNotes>(null, fields.Findings);
        var lessons = fields.Mapping(root, "lessons_learned");
        var notes = new CycleNotes(
            fields.Text(root, "cycle", required: false),
            [.. fields.Mappings(root, "risks", required: false).Select(node => new CycleRisk(
                fields.Text(node, "risk") ?? "",
                fields.Text(node, "impact") ?? "",
                fields.Text(node, "probability") ?? "",
                fields.Text(node, "mitigation", required: false),
                fields.Text(node, "status", required: false)))],
            [.. fields.Mappings(root, "decisions", required: false).Select(node => new CycleDecision(
                fields.Text(node, "title") ?? "", fields.Text(node, "reason") ?? "", fields.Date(node, "date")))],
            Sentences(fields, lessons, "worked_well"),
            Sentences(fields, lessons, "to_improve"),
            Sentences(fields, root, "next_goals"),
            Sentences(fields, root, "success_criteria"),
            Sentences(fields, root, "distribution"));
        return new ReadResult<CycleNotes>(notes, fields.Findings);
    }

    private static List<string> Sentences(FieldReader fields, DocumentNode? parent, string key) =>
        parent is not { } node ? [] : [.. fields.Names(node, key).Select(sentence => sentence.Name)];
}
