using System.Collections.Immutable;

namespace Planning.Domain.Plans;

/// <summary>When the plan is to be executed: two calendar days, both included.</summary>
public sealed record PlanWindow(DateOnly Start, DateOnly End);

/// <summary>An artifact of a plan: its name, and the bytes it stands for.</summary>
/// <param name="Evidence">Evidence (coverage, parity, execution reports) is no part of the content that is approved and sealed.</param>
public sealed record ArtifactRef(string Name, ContentHash Hash, long SizeBytes, string Kind, bool Evidence, ArtifactFacts? Facts);

/// <summary>What was read out of an artifact when it was attached.</summary>
/// <param name="Tags">Tags that the artifact itself declares.</param>
public sealed record ArtifactFacts(
    ImmutableSortedDictionary<string, string> Tags,
    TaskSummary? Tasks = null,
    PlanWindow? Window = null);

/// <param name="Count">Tasks in the backlog.</param>
/// <param name="Points">Sum of the estimates that are there.</param>
/// <param name="TopPriority">0 for P0; null when no task has a priority.</param>
public sealed record TaskSummary(int Count, decimal Points, int? TopPriority);

public enum ApprovalKind
{
    Approval = 1,
    BoardDecision,
    Waiver,
}

public enum Verdict
{
    Approved = 1,
    Rejected,
}

/// <summary>A finding that a lead lets pass, with a reason and an end.</summary>
/// <param name="Fingerprint">Of the finding; the same finding in the next run has the same one.</param>
public sealed record Waiver(string Gate, string Fingerprint, string Reason, DateTimeOffset ExpiresAt, PersonId By);

/// <summary>An approval or board decision, bound to the content that the person saw.</summary>
public sealed record Approval(ApprovalKind Kind, PersonId Person, Verdict Verdict, ContentHash ContentHash, DateTimeOffset At, string? Comment);

public enum TransitionOutcome
{
    Moved = 1,
    Stayed,
}

/// <summary>A transition whose gate is running.</summary>
public sealed record PendingTransition(
    GateRunId GateRunId, string Gate, Trigger Trigger, PlanStatus From, PlanStatus To, ContentHash ContentHash, ContentHash RulebookHash, PersonId RequestedBy);

public enum ExecutionOutcome
{
    Succeeded = 1,
    Failed,
}

/// <summary>What an executor says it did.</summary>
/// <param name="ReportId">Chosen by the reporter's command id: reporting twice counts once.</param>
/// <param name="Deployed">Artifact name to the digest of what was deployed.</param>
/// <param name="Tasks">Progress of tasks; points come from the sealed backlog, not from the reporter.</param>
public sealed record ExecutionReport(
    string ReportId,
    PersonId Executor,
    string Environment,
    ExecutionOutcome Outcome,
    DateTimeOffset At,
    ImmutableSortedDictionary<string, ContentHash> Deployed,
    ImmutableArray<TaskProgress> Tasks,
    ImmutableArray<Defect> Defects,
    string? Comment = null);

/// <param name="Points">Estimate in the backlog; null when the task has none.</param>
public sealed record TaskProgress(string TaskId, decimal? Points, DateTimeOffset StartedAt, DateTimeOffset? DoneAt);

public sealed record Defect(string DefectId, string Summary, DateTimeOffset FoundAt, string? TaskId = null);

/// <summary>How a gate last ended for this plan.</summary>
public sealed record GateVerdict(GateRunId GateRunId, bool Passed, ContentHash ContentHash);
