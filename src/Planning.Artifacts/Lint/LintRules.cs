namespace Planning.Artifacts.Lint;

/// <summary>Ids of the rules of the YAML lint. Duplicate keys and undefined anchors are found by parsing already.</summary>
public static class LintRules
{
    /// <summary>A tab stands in the indentation.</summary>
    public const string Tab = "yaml.tab";

    /// <summary>yes, no, on or off, which some readers take for booleans.</summary>
    public const string Truthy = "yaml.truthy";

    /// <summary>A number with a leading zero (0755, 0o17), which some readers take for octal.</summary>
    public const string Octal = "yaml.octal";

    /// <summary>What only YAML 1.1 takes for a number, such as 1_000, 0b101 and 12:30.</summary>
    public const string Number = "yaml.number";

    /// <summary>Something that looks like a date, but is on no calendar.</summary>
    public const string Date = "yaml.date";

    /// <summary>Spaces at the end of a line.</summary>
    public const string TrailingSpace = "yaml.trailing_space";

    /// <summary>An anchor that no alias uses.</summary>
    public const string UnusedAnchor = "yaml.unused_anchor";

    /// <summary>The key &lt;&lt;, which YAML 1.2 does not merge.</summary>
    public const string MergeKey = "yaml.merge_key";

    /// <summary>Indentation that differs from the rest of the file.</summary>
    public const string Indentation = "yaml.indentation";

    /// <summary>The last line has no newline.</summary>
    public const string FinalNewline = "yaml.final_newline";
}
