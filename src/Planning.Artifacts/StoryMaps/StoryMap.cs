namespace Planning.Artifacts.StoryMaps;

/// <summary>Epics, activities and releases, as story_map.md gives them.</summary>
/// <param name="Title">The first heading; empty when missing.</param>
/// <param name="Epics">Names of the epics.</param>
/// <param name="Backbone">Activities of the users, in order.</param>
/// <param name="WalkingSkeleton">Items of the smallest version that works.</param>
/// <param name="Releases">Releases with their items.</param>
/// <param name="Headings">Every heading.</param>
/// <param name="Links">Targets of links, to compare with the names of artifacts.</param>
public sealed record StoryMap(
    string Title,
    IReadOnlyList<MarkdownText> Epics,
    IReadOnlyList<MarkdownText> Backbone,
    IReadOnlyList<MarkdownText> WalkingSkeleton,
    IReadOnlyList<StoryRelease> Releases,
    IReadOnlyList<MarkdownHeading> Headings,
    IReadOnlyList<MarkdownText> Links);

/// <summary>A piece of text and where it stands, both 1-based.</summary>
public sealed record MarkdownText(string Text, int Line, int Column);

/// <summary>A heading of level 1 to 6.</summary>
public sealed record MarkdownHeading(int Level, string Text, int Line);

/// <summary>A release with its items.</summary>
public sealed record StoryRelease(string Name, int Line, IReadOnlyList<MarkdownText> Items);
