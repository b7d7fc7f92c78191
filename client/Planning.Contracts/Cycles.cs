namespace Planning.Contracts;

/// <param name="StartsOn">First day.</param>
/// <param name="EndsOn">Last planned day, included.</param>
/// <param name="Follows">The cycle before.</param>
public sealed record OpenCycleRequest(string Name, DateOnly StartsOn, DateOnly EndsOn, IReadOnlyList<string>? Goals = null, string? Follows = null);

/// <param name="NextCycle">An open cycle in which unfinished plans go on; needed where there are any.</param>
/// <param name="Notes">The text of cycle_notes.yaml: decisions, risks, lessons, next goals.</param>
public sealed record CloseCycleRequest(string? NextCycle = null, string? Notes = null);

/// <param name="CarriedOver">Plans that were unfinished when the cycle closed.</param>
/// <param name="NotesHash">Of cycle_notes.yaml.</param>
public sealed record CycleView(
    string Id,
    string Name,
    DateOnly StartsOn,
    DateOnly EndsOn,
    IReadOnlyList<string> Goals,
    bool Open,
    long Version,
    long Position,
    string? Follows = null,
    DateOnly? ClosedOn = null,
    IReadOnlyList<string>? CarriedOver = null,
    string? NextCycle = null,
    string? NotesHash = null);

/// <summary>A cycle in a list.</summary>
public sealed record CycleItem(
    string Id, string Name, DateOnly StartsOn, DateOnly EndsOn, bool Open, DateTimeOffset OpenedAt, string? NextCycle = null, DateTimeOffset? ClosedAt = null);
