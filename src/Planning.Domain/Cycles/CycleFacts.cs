using System.Collections.Immutable;
using Planning.Domain.Gates;
using Planning.Domain.Plans;

namespace Planning.Domain.Cycles;

/// <summary>
/// What the events up to its close say about one cycle. Each fact names the events that suffice to find it again:
/// those it was read from, and those that put its plan into the cycle.
/// </summary>
public sealed record CycleFacts(CycleEvent.CycleOpened Opened, CycleEvent.CycleClosed Closed, long Position, DateTimeOffset ClosedAt)
{
    public CycleId Id => Opened.CycleId;

    /// <summary>Calendar days from the first to the day of closing, both included; 0 or less when it was closed before it began.</summary>
    public int Days => Closed.ClosedOn.DayNumber - Closed.StartsOn.DayNumber + 1;

    /// <summary>Where unfinished plans and late reports go; null when nothing was known of it at the close.</summary>
    public CycleEvent.CycleOpened? Next { get; init; }

    /// <summary>The cycle's own two events.</summary>
    public ImmutableArray<EventRef> Sources { get; init; } = [];

    /// <summary>Every plan that belongs to the cycle or did something in it, in the order of creation.</summary>
    public ImmutableArray<PlanFacts> Plans { get; init; } = [];

    public ImmutableArray<TaskDone> TasksDone { get; init; } = [];
    public ImmutableArray<ReportFact> Reports { get; init; } = [];
    public ImmutableArray<EscapedDefect> Defects { get; init; } = [];
    public ImmutableArray<GateRunFact> GateRuns { get; init; } = [];
    public ImmutableArray<HandoffFact> Handoffs { get; init; } = [];
    public ImmutableArray<ApprovalFact> Approvals { get; init; } = [];
    public ImmutableArray<ViolationFact> Violations { get; init; } = [];
    public ImmutableArray<TransitionFact> Transitions { get; init; } = [];

    /// <summary>The plans of the cycle itself, without those that only had something to add from an earlier one.</summary>
    public IEnumerable<PlanFacts> OwnPlans => Plans.Where(p => p.Belongs);
}

/// <summary>A plan as it stood at the close.</summary>
/// <param name="Belongs">False for a plan that was closed in an earlier cycle and reported something in this one.</param>
/// <param name="CarriedFrom">The cycle it came from; null for a plan that was made in this one.</param>
public sealed record PlanFacts(
    PlanId Id, string Title, string Stream, PlanStatus Status, ImmutableSortedDictionary<string, string> Tags, bool Belongs, CycleId? CarriedFrom)
{
    /// <summary>Carried over into the next cycle.</summary>
    public bool Unfinished => Belongs && !Lifecycle.IsClosed(Status);

    public required Backlog Planned { get; init; }
    public required Timeline Timeline { get; init; }

    /// <summary>Tasks that earlier cycles have counted.</summary>
    public required int TasksDoneBefore { get; init; }
    public required decimal PointsDoneBefore { get; init; }

    /// <summary>The events that say which tags it has.</summary>
    public required ImmutableArray<EventRef> TagSources { get; init; }

    /// <summary>The events that put the plan into this cycle, and the last one that moved it.</summary>
    public required ImmutableArray<EventRef> Sources { get; init; }
}

/// <param name="Tasks">In the plan's backlogs at the close.</param>
/// <param name="Points">Sum of their estimates; null when none is estimated.</param>
/// <param name="Sources">The backlogs, and every report: what was done before is known from these.</param>
public sealed record Backlog(int Tasks, decimal? Points, ImmutableArray<EventRef> Sources);

/// <summary>When the plan was to be executed, and when it was.</summary>
/// <param name="Began">When it first reached EXECUTED.</param>
/// <param name="Ended">When it last reached VALIDATED, unless that was taken back.</param>
public sealed record Timeline(PlanWindow? Window, DateTimeOffset? Began, DateTimeOffset? Ended, ImmutableArray<EventRef> Sources);

/// <summary>A task counts once, in the cycle in which the report that it is done arrived; its last report there counts.</summary>
/// <param name="Points">Null when the backlog has no estimate.</param>
public sealed record TaskDone(PlanId Plan, string TaskId, decimal? Points, DateTimeOffset StartedAt, DateTimeOffset DoneAt, ImmutableArray<EventRef> Sources)
{
    public decimal Days => (decimal)(DoneAt - StartedAt).Ticks / TimeSpan.TicksPerDay;
}

/// <param name="HasTasks">Whether it spoke of tasks at all.</param>
/// <param name="Sources">All reports of the plan so far: only together do they tell what is new in this one.</param>
public sealed record ReportFact(PlanId Plan, ExecutionOutcome Outcome, string Environment, bool HasTasks, ImmutableArray<EventRef> Sources);

/// <summary>Reported after the plan reached EXECUTED; a defect id counts once per plan.</summary>
public sealed record EscapedDefect(PlanId Plan, Defect Defect, ImmutableArray<EventRef> Sources);

public sealed record GateRunFact(PlanId Plan, GateRunReport Report, ImmutableArray<EventRef> Sources)
{
    /// <summary>Aborted runs came to no verdict and count nowhere.</summary>
    public bool Finished => Report.Outcome != GateOutcome.Aborted;
    public bool Passed => Report.Outcome == GateOutcome.Passed;
}

/// <summary>A manifest that was sealed in the cycle.</summary>
/// <param name="Executed">Whether its plan then reached EXECUTED with it, before the close.</param>
public sealed record HandoffFact(PlanId Plan, ManifestId Manifest, bool Executed, ImmutableArray<EventRef> Sources);

public sealed record ApprovalFact(PlanId Plan, PlanEvent.ApprovalRecorded Recorded, ImmutableArray<EventRef> Sources);

public sealed record ViolationFact(PlanId Plan, PlanEvent.GovernanceViolation Violation, ImmutableArray<EventRef> Sources);

public sealed record TransitionFact(PlanId Plan, PlanEvent.StateTransition Transition, DateTimeOffset At, ImmutableArray<EventRef> Sources);
