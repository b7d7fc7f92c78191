using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Parity;

/// <summary>What the product can do, to compare with what it could do before.</summary>
/// <param name="Stream">Stream that the list belongs to; null when not given.</param>
/// <param name="Capabilities">Names in the order of the file, each once.</param>
public sealed record ParityReport(string? Stream, IReadOnlyList<Reference> Capabilities);

/// <summary>Reads parity.json or parity.yaml: <c>capabilities</c> is a list of names, or of mappings with an <c>id</c>.</summary>
public static class ParityReportReader
{
    /// <summary>A capability is listed twice.</summary>
    public const string DuplicateRule = "parity.duplicate_capability";

    /// <summary>Reads what can be read; each missing or wrong field is a finding.</summary>
    public static ReadResult<ParityReport> Read(ParsedArtifact artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        var fields = new FieldReader(artifact);
        if (fields.Root is not { } root)
            return new ReadResult<ParityReport>(null, fields.Findings);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var capabilities = new List<Reference>();
        foreach (var item in fields.List(root, "capabilities"))
        {
            var name = item.IsMapping ? fields.Text(item, "id") : item.AsString;
            if (string.IsNullOrEmpty(name))
            {
                if (!item.IsMapping)
                    fields.Report(item, FieldReader.WrongType, $"Element {item.Index} is no name.", "Write the capability's name here.");
            }
            else if (seen.Add(name))
            {
                capabilities.Add(new Reference(name, item));
            }
            else
            {
                fields.Report(
                    item, DuplicateRule, $"The capability '{name}' is listed already.", "List each capability once.", Severity.Warning);
            }
        }
        return new ReadResult<ParityReport>(new ParityReport(fields.Text(root, "stream", required: false), capabilities), fields.Findings);
    }
}
