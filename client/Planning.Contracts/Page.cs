namespace Planning.Contracts;

/// <summary>One page of a list.</summary>
/// <param name="NextCursor">Give it as <c>cursor</c> to get the next page; absent on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor = null);
