using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Backlogs;

/// <summary>The tasks of a plan, as be_backlog.yaml gives them.</summary>
/// <param name="Version">Version of the backlog's form, such as 1.0.0; empty when missing.</param>
/// <param name="GeneratedAt">When the backlog was made, in UTC.</param>
/// <param name="Tasks">Tasks in the order of the file, duplicates included.</param>
/// <param name="Tags">Governance tags by name; values as written.</param>
/// <param name="Window">The time that the plan covers; null when not given.</param>
/// <param name="Cycle">Name of the cycle; null when not given.</param>
public sealed record Backlog(
    string Version,
    DateTimeOffset? GeneratedAt,
    IReadOnlyList<BacklogTask> Tasks,
    IReadOnlyDictionary<string, string> Tags,
    PlanWindow? Window,
    string? Cycle);

/// <summary>First and last day of a plan, both inclusive.</summary>
public sealed record PlanWindow(DateOnly Start, DateOnly End, DocumentNode Node);

/// <summary>Which days count.</summary>
public enum DayCount
{
    /// <summary>Monday to Friday without holidays.</summary>
    Working,

    /// <summary>Every day.</summary>
    Calendar,
}

/// <summary>One task. What is missing in the file is null or empty; the reader's findings say so.</summary>
/// <param name="Id">Id, unique in a sound backlog; empty when missing.</param>
/// <param name="Title">Short name.</param>
/// <param name="Description">What is to be done.</param>
/// <param name="EffortPoints">Estimate in points; null when missing, which is not zero.</param>
/// <param name="Priority">P0 (highest) to P4.</param>
/// <param name="Dependencies">Ids of tasks that come before; <c>plan/task</c> points into another plan.</param>
/// <param name="Artifacts">Names of files that the task produces or needs.</param>
/// <param name="Assignee">Id of a team member.</param>
/// <param name="Skills">Skills that the task asks for.</param>
/// <param name="Start">First day.</param>
/// <param name="End">Last day, inclusive.</param>
/// <param name="DurationDays">How long the task takes, in days of <paramref name="DurationCalendar"/>; null when not given.</param>
/// <param name="DurationCalendar">Which days the duration counts.</param>
/// <param name="Status">todo, in_progress, done or blocked.</param>
/// <param name="Stream">Stream of work.</param>
/// <param name="Capabilities">What the product can do once the task is done.</param>
/// <param name="Node">Where the task stands.</param>
public sealed record BacklogTask(
    string Id,
    string Title,
    string Description,
    decimal? EffortPoints,
    string Priority,
    IReadOnlyList<Reference> Dependencies,
    IReadOnlyList<Reference> Artifacts,
    string? Assignee,
    IReadOnlyList<Reference> Skills,
    DateOnly? Start,
    DateOnly? End,
    int? DurationDays,
    DayCount DurationCalendar,
    string? Status,
    string? Stream,
    IReadOnlyList<Reference> Capabilities,
    DocumentNode Node);
