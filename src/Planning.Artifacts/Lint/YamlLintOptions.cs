namespace Planning.Artifacts.Lint;

/// <summary>How strictly YAML is linted.</summary>
public sealed record YamlLintOptions
{
    /// <summary>The defaults.</summary>
    public static YamlLintOptions Default { get; } = new();

    /// <summary>Makes findings about form (trailing spaces, indentation, anchors) errors; otherwise they are warnings.
    /// Findings about meaning are always errors, a missing last newline always a warning. Default true.</summary>
    public bool Strict { get; init; } = true;

    /// <summary>Findings for one file; default 200.</summary>
    public int MaxFindings { get; init; } = 200;
}
