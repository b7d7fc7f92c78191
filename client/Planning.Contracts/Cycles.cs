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

/// <summary>The KPIs of an open cycle as if it closed now.</summary>
/// <param name="Position">Of the last event of the workspace that is counted.</param>
public sealed record CycleKpisView(
    string CycleId, string Name, DateOnly StartsOn, DateOnly EndsOn, long Position, DateTimeOffset At, string RulebookHash, IReadOnlyList<KpiView> Kpis);

/// <param name="Direction">higher_is_better or lower_is_better.</param>
/// <param name="Status">met, missed or no_data.</param>
/// <param name="Value">Rounded to six places; absent when there is no data.</param>
public sealed record KpiView(
    string Name, string Description, string Formula, string Unit, decimal Target, string Direction, string Status, IReadOnlyList<KpiInputView> Inputs, decimal? Value = null);

/// <summary>An input of a formula: one number, or one for each task.</summary>
/// <param name="Events">How many events it was computed from.</param>
public sealed record KpiInputView(string Name, int Events, decimal? Value = null, IReadOnlyList<decimal>? Values = null);
