using System.Collections.Immutable;

namespace Planning.Domain.Plans;

/// <summary>What can happen to a plan. Wire names are the SCREAMING_SNAKE form: <c>PLAN_CREATED</c> and so on.</summary>
public abstract record PlanEvent
{
    private PlanEvent() { }

    public sealed record PlanCreated(
        PlanId PlanId,
        string Title,
        string? Description,
        string Stream,
        PersonId Author,
        CycleId CycleId,
        ImmutableSortedDictionary<string, string> Tags,
        int? Priority,
        PlanWindow? Window,
        PersonId? EmergencyContact,
        string? RollbackPlan,
        PlanId? ClonedFrom) : PlanEvent;

    /// <summary>Only the members that changed are set.</summary>
    public sealed record PlanUpdated(
        string? Title = null,
        string? Description = null,
        ImmutableSortedDictionary<string, string>? Tags = null,
        int? Priority = null,
        PlanWindow? Window = null,
        PersonId? EmergencyContact = null,
        string? RollbackPlan = null,
        ImmutableArray<string>? RemovedArtifacts = null,
        CycleId? CycleId = null) : PlanEvent;

    public sealed record ArtifactAttached(
        string Name,
        ContentHash Hash,
        long SizeBytes,
        string Kind,
        bool Evidence,
        ArtifactFacts? Facts) : PlanEvent;

    /// <summary>A gate run was asked for; until its outcome is recorded the transition is pending.</summary>
    /// <param name="Artifacts">Name and hash of every artifact that the run sees, evidence included.</param>
    public sealed record GateStarted(
        GateRunId GateRunId,
        string Gate,
        Trigger Trigger,
        PlanStatus FromState,
        PlanStatus ToState,
        ContentHash ContentHash,
        ContentHash RulebookHash,
        ImmutableSortedDictionary<string, ContentHash> Artifacts,
        ImmutableArray<Waiver> Waivers,
        PersonId RequestedBy) : PlanEvent;

    /// <summary>A transition that moved the plan, or was tried and left it where it was.</summary>
    /// <param name="Outcome">Whether the plan moved.</param>
    /// <param name="Blockers">Everything that stood in the way when it stayed.</param>
    /// <param name="ManifestId">The manifest that packaging makes; null for every other transition.</param>
    public sealed record StateTransition(
        Trigger Trigger,
        PlanStatus FromState,
        PlanStatus ToState,
        TransitionOutcome Outcome,
        PersonId TriggeredBy,
        GateRunId? GateRunId = null,
        string? Gate = null,
        ImmutableArray<Blocker>? Blockers = null,
        string? Reason = null,
        ManifestId? ManifestId = null,
        ManifestId? Supersedes = null) : PlanEvent;

    public sealed record ApprovalRecorded(
        ApprovalKind Kind,
        PersonId Person,
        Verdict Verdict,
        ContentHash ContentHash,
        DateTimeOffset At,
        string? Comment = null,
        Waiver? Waiver = null) : PlanEvent;

    /// <summary>Requirements of governance were not met when execution was to begin, or are no longer met while it goes on.</summary>
    /// <param name="Trigger">The transition that they stand before: begin_execution.</param>
    /// <param name="Enforced">False when every violated rule only warns.</param>
    public sealed record GovernanceViolation(
        Trigger Trigger,
        ContentHash ContentHash,
        ContentHash RulebookHash,
        bool Enforced,
        ImmutableArray<Blocker> Violations) : PlanEvent;

    public sealed record ExecutionReported(ExecutionReport Report) : PlanEvent;
}
