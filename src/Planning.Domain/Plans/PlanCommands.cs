using System.Collections.Immutable;

namespace Planning.Domain.Plans;

/// <summary>What can be asked of a plan. Ids that a command may need are made by the caller and come with it.</summary>
public abstract record PlanCommand
{
    private PlanCommand() { }

    public sealed record Create(
        PlanId PlanId,
        string Title,
        string? Description,
        string Stream,
        CycleId CycleId,
        ImmutableSortedDictionary<string, string> Tags,
        int? Priority = null,
        PlanWindow? Window = null,
        PersonId? EmergencyContact = null,
        string? RollbackPlan = null,
        PlanId? ClonedFrom = null,
        ImmutableArray<ArtifactRef>? Artifacts = null) : PlanCommand;

    /// <summary>Null members stay as they are.</summary>
    /// <param name="NextGateRun">Used when the edit of a packaged plan starts gate 2 again.</param>
    public sealed record Update(
        GateRunId NextGateRun,
        string? Title = null,
        string? Description = null,
        ImmutableSortedDictionary<string, string>? Tags = null,
        int? Priority = null,
        PlanWindow? Window = null,
        PersonId? EmergencyContact = null,
        string? RollbackPlan = null,
        ImmutableArray<string>? RemovedArtifacts = null) : PlanCommand;

    public sealed record Attach(ImmutableArray<ArtifactRef> Artifacts, GateRunId NextGateRun) : PlanCommand;

    public sealed record RequestTransition(Trigger Trigger, GateRunId GateRunId, string? Reason = null) : PlanCommand;

    /// <summary>A gate run has ended. Only the backend itself sends this.</summary>
    /// <param name="Manifest">What is known of the plan's manifest; needed for begin_execution only.</param>
    /// <param name="NewManifest">The id that a manifest gets if packaging passed.</param>
    public sealed record CompleteTransition(
        GateRunId GateRunId, bool Passed, ImmutableArray<Blocker> Blockers, ManifestFacts? Manifest, ManifestId NewManifest) : PlanCommand;

    /// <param name="ContentHash">The content that the person looked at; null takes the present one.</param>
    public sealed record Approve(ApprovalKind Kind, Verdict Verdict, ContentHash? ContentHash = null, string? Comment = null) : PlanCommand;

    public sealed record Waive(string Gate, string Fingerprint, string Reason, DateTimeOffset ExpiresAt) : PlanCommand;

    public sealed record ReportExecution(ExecutionReport Report) : PlanCommand;

    /// <summary>The plan's cycle has closed; it goes on in the next. Only the backend itself sends this.</summary>
    /// <param name="From">The cycles that came before it. A plan in none of them has gone further already, or elsewhere, and stays there.</param>
    public sealed record CarryOver(CycleId CycleId, ImmutableArray<CycleId> From) : PlanCommand;

    /// <summary>Something has happened that may break the rules for a plan that is being executed. Only the backend itself sends this.</summary>
    /// <param name="RulebookHash">The rules that it is checked against.</param>
    /// <param name="BeganAt">When execution began: freezes are judged by it.</param>
    public sealed record CheckCompliance(ContentHash RulebookHash, DateTimeOffset BeganAt) : PlanCommand;
}

/// <param name="Problems">Checksums that no longer match, void seals and the like; empty when all is well.</param>
public sealed record ManifestFacts(ManifestId ManifestId, bool IsSealed, ImmutableArray<Blocker> Problems);
