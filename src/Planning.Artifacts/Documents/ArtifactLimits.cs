namespace Planning.Artifacts.Documents;

/// <summary>Bounds on what one artifact may ask of the machine. Whatever exceeds one is refused with a finding
/// <c>limit.&lt;name of the limit&gt;</c>.</summary>
public sealed record ArtifactLimits
{
    /// <summary>The defaults.</summary>
    public static ArtifactLimits Default { get; } = new();

    /// <summary>Size of the file in bytes; default 20 MiB.</summary>
    public int MaxBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Nesting of sequences and mappings; the root is at depth 1. Default 64, at most 512.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Nodes of the tree, after aliases are expanded; keys are not counted. Default 1,000,000.</summary>
    public int MaxNodes { get; init; } = 1_000_000;

    /// <summary>Nodes that come into being by expanding YAML aliases; default 10,000. 0 forbids aliases.</summary>
    public int MaxAliasExpansion { get; init; } = 10_000;

    /// <summary>Characters of one number; default 1,000. Longer ones cost quadratic time to compare.</summary>
    public int MaxNumberLength { get; init; } = 1_000;

    /// <summary>Findings reported for one file by one pass; default 200. The last one then says that more exist.</summary>
    public int MaxFindings { get; init; } = 200;

    /// <summary>Checks the limits themselves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive, or MaxDepth is above 512.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxDepth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxDepth, 512);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxNodes);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxAliasExpansion);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxNumberLength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxFindings);
    }
}
