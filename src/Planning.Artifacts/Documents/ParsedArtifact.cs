using Planning.Artifacts.Lint;

namespace Planning.Artifacts.Documents;

/// <summary>The syntax of an artifact.</summary>
public enum ArtifactFormat
{
    /// <summary>YAML 1.2.</summary>
    Yaml,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>Markdown.</summary>
    Markdown,

    /// <summary>Anything else, such as a coverage report in XML; kept as bytes.</summary>
    Other,
}

/// <summary>An artifact as far as it could be read.</summary>
/// <param name="FileName">Name of the artifact.</param>
/// <param name="Format">Its syntax, judged by the name.</param>
/// <param name="Root">The tree of a YAML or JSON artifact; null for other formats and where nothing could be read.</param>
/// <param name="Text">The decoded text of YAML and Markdown; null for other formats and wrong encodings.</param>
/// <param name="Bytes">The bytes as received.</param>
/// <param name="Findings">What parsing found; an error here means the tree may be incomplete.</param>
public sealed record ParsedArtifact(
    string FileName,
    ArtifactFormat Format,
    DocumentNode? Root,
    string? Text,
    ReadOnlyMemory<byte> Bytes,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>What the YAML lint noted while the tree was built; null for other formats.</summary>
    internal LintCollector? Lint { get; init; }

    /// <summary>True when parsing found no error.</summary>
    public bool Ok => Findings.All(finding => finding.Severity != Severity.Error);
}
