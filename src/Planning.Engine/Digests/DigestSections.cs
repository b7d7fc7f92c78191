using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Digests;

public enum Trend
{
    /// <summary>No earlier cycle has a value to compare with.</summary>
    Unknown = 1,
    Steady,
    Up,
    Down,
}

/// <param name="Value">Rounded to <see cref="Numbers.StoredDecimals"/> places; null for "no data". Status and trend are judged before rounding.</param>
/// <param name="Earlier">The same formula over the last three closed cycles, oldest first.</param>
/// <param name="UsualRange">Null while fewer than three earlier cycles have a value.</param>
/// <param name="Review">The value is outside its usual range: somebody should look before it is relied on.</param>
public sealed record KpiRow(
    string Name, string Description, string Formula, string Unit, decimal Target, KpiDirection Direction, decimal? Value, KpiStatus Status,
    Trend Trend, ImmutableArray<EarlierValue> Earlier, UsualRange? UsualRange, bool Review, ImmutableArray<InputRow> Inputs, ImmutableArray<string> Sources);

public sealed record EarlierValue(CycleId Cycle, decimal? Value, ImmutableArray<string> Sources);

/// <summary>An input of a formula: one number, or one for each task.</summary>
public sealed record InputRow(string Name, decimal? Value, ImmutableArray<decimal>? Values, ImmutableArray<string> Sources);

/// <param name="Noted">From cycle_notes.yaml.</param>
/// <param name="Board">Decisions of the review board, from the events.</param>
public sealed record DecisionsSection(ImmutableArray<NotedDecision> Noted, ImmutableArray<BoardDecision> Board);

public sealed record BoardDecision(PlanId Plan, string Title, Verdict Verdict, PersonId Person, string? Comment, ImmutableArray<string> Sources);

public sealed record Deliverable(PlanId Plan, string Title, string Stream, PlanStatus State, Mark Mark, CycleId? CarriedFrom, int Tasks, int TasksDone, ImmutableArray<string> Sources);

public sealed record GovernanceSection(
    ImmutableArray<Figure> Figures, ImmutableArray<ComplianceRow> Compliance, ImmutableArray<ViolationRow> Violations, ImmutableArray<WaiverRow> Waivers);

/// <summary>Plans under one compliance regime, and how many of them broke an enforced rule.</summary>
public sealed record ComplianceRow(string Tag, int Plans, int PlansWithViolations, ImmutableArray<string> Sources);

public sealed record ViolationRow(PlanId Plan, string Rule, string Code, string Message, bool Enforced, ImmutableArray<string> Sources);

public sealed record WaiverRow(PlanId Plan, string Gate, string Fingerprint, string Reason, DateTimeOffset ExpiresAt, PersonId By, ImmutableArray<string> Sources);

/// <param name="Cached">Finished runs whose every result came from the cache; they count like any other.</param>
/// <param name="Aborted">Not among the finished, and in no rate.</param>
/// <param name="PassRate">Percent; null when none finished.</param>
public sealed record GateRow(string Gate, int Finished, int Passed, int Failed, int Cached, int Aborted, decimal? PassRate, int Findings, ImmutableArray<string> Sources);

public sealed record TimelineSection(ImmutableArray<TimelineRow> Plans, ImmutableArray<MilestoneRow> Milestones);

/// <param name="ActualDays">From the day of first execution to the day of validation, both included; null while either is missing.</param>
/// <param name="VariancePercent">Of the actual days against the planned.</param>
/// <param name="DaysLate">Days from the window's end to validation; null for a plan without window or validation.</param>
public sealed record TimelineRow(
    PlanId Plan, string Title, DateOnly? PlannedStart, DateOnly? PlannedEnd, DateTimeOffset? Began, DateTimeOffset? Ended,
    int? PlannedDays, int? ActualDays, decimal? VariancePercent, int? DaysLate, Mark Mark, ImmutableArray<string> Sources);

/// <summary>How many plans reached a state in this cycle.</summary>
public sealed record MilestoneRow(PlanStatus State, int Plans, ImmutableArray<string> Sources);

/// <summary>Planned against done, per stream. Null means that no estimate is there, which is not zero.</summary>
/// <param name="DonePercent">Points done of those that were left when the cycle began.</param>
public sealed record StreamRow(
    string Stream, int Plans, int Tasks, int TasksDoneBefore, int TasksDone, decimal? Points, decimal PointsDoneBefore, decimal? PointsDone,
    decimal? DonePercent, ImmutableArray<string> Sources);

/// <param name="Cycle">Null when no next cycle was known at the close.</param>
public sealed record NextCycle(
    CycleId? Cycle, string? Name, DateOnly? StartsOn, DateOnly? EndsOn, ImmutableArray<string> Goals, ImmutableArray<string> SuccessCriteria,
    ImmutableArray<CarriedPlan> CarriedOver);

public sealed record CarriedPlan(PlanId Plan, string Title, PlanStatus State, ImmutableArray<string> Sources);
