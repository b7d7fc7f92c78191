using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Kinds;

/// <summary>What an artifact is for.</summary>
public enum ArtifactKind
{
    /// <summary>be_backlog.yaml, or another *backlog*.yaml or .json.</summary>
    Backlog,

    /// <summary>story_map.md, or another *story_map*.md.</summary>
    StoryMap,

    /// <summary>team_capacity.yaml or .json.</summary>
    TeamCapacity,

    /// <summary>*coverage*.xml, *jacoco*.xml, *cobertura*.xml and *.info.</summary>
    CoverageReport,

    /// <summary>parity*.json or parity*.yaml.</summary>
    ParityReport,

    /// <summary>cycle_notes*.yaml or .json.</summary>
    CycleNotes,

    /// <summary>*.schema.json: a JSON Schema.</summary>
    JsonSchema,

    /// <summary>Any other YAML.</summary>
    Yaml,

    /// <summary>Any other JSON.</summary>
    Json,

    /// <summary>Any other Markdown.</summary>
    Markdown,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>Tells an artifact's kind from its name.</summary>
public static class ArtifactKinds
{
    /// <summary>The kind of a file; folders and case do not matter.</summary>
    public static ArtifactKind Of(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..].ToLowerInvariant();
        var format = ArtifactParser.FormatOf(name);
        var structured = format is ArtifactFormat.Yaml or ArtifactFormat.Json;
        return format switch
        {
            _ when structured && name.StartsWith("parity", StringComparison.Ordinal) => ArtifactKind.ParityReport,
            _ when structured && name.StartsWith("team_capacity", StringComparison.Ordinal) => ArtifactKind.TeamCapacity,
            _ when structured && name.StartsWith("cycle_notes", StringComparison.Ordinal) => ArtifactKind.CycleNotes,
            _ when structured && name.Contains("backlog") && !name.EndsWith("schema.json", StringComparison.Ordinal) => ArtifactKind.Backlog,
            ArtifactFormat.Json when name.EndsWith(".schema.json", StringComparison.Ordinal) => ArtifactKind.JsonSchema,
            ArtifactFormat.Markdown when name.Contains("story_map") => ArtifactKind.StoryMap,
            ArtifactFormat.Yaml => ArtifactKind.Yaml,
            ArtifactFormat.Json => ArtifactKind.Json,
            ArtifactFormat.Markdown => ArtifactKind.Markdown,
            _ when name.EndsWith(".info", StringComparison.Ordinal) || IsCoverageXml(name) => ArtifactKind.CoverageReport,
            _ => ArtifactKind.Other,
        };
    }

    /// <summary>Whether a kind is built in, rather than what is left when no built-in pattern fits the name.</summary>
    public static bool IsBuiltIn(ArtifactKind kind) => kind is not (ArtifactKind.Yaml or ArtifactKind.Json or ArtifactKind.Markdown or ArtifactKind.Other);

    private static bool IsCoverageXml(string name) =>
        name.EndsWith(".xml", StringComparison.Ordinal) && (name.Contains("coverage") || name.Contains("jacoco") || name.Contains("cobertura"));
}
