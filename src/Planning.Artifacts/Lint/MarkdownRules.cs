namespace Planning.Artifacts.Lint;

/// <summary>Ids of the rules about the structure of Markdown.</summary>
public static class MarkdownRules
{
    /// <summary>The document nests deeper than the reader follows.</summary>
    public const string Depth = "markdown.depth";

    /// <summary>There is no heading of level 1.</summary>
    public const string NoTitle = "markdown.no_title";

    /// <summary>There is more than one heading of level 1.</summary>
    public const string SecondTitle = "markdown.second_title";

    /// <summary>A heading is more than one level below the one before it.</summary>
    public const string SkippedLevel = "markdown.skipped_level";

    /// <summary>A heading has no text.</summary>
    public const string EmptyHeading = "markdown.empty_heading";

    /// <summary>A link leads nowhere.</summary>
    public const string EmptyLink = "markdown.empty_link";
}
