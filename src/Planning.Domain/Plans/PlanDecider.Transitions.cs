using System.Collections.Immutable;

namespace Planning.Domain.Plans;

/// <summary>The way through the states: a request either moves at once, or starts a gate whose outcome moves later.</summary>
public sealed partial class PlanDecider
{
    /// <summary>A packaged plan without a current manifest is packaged again where it stands.</summary>
    private static readonly Arrow Repackage =
        new(PlanStatus.Packaged, Trigger.PackageArtifacts, PlanStatus.Packaged, Permission.RequestPlanning, Gated: true);

    private static Decision<PlanEvent> RequestTransition(Plan plan, PlanCommand.RequestTransition request, Issued issued)
    {
        if (plan.Pending is { } asked && asked.GateRunId == request.GateRunId && asked.Trigger == request.Trigger)
            return Decision<PlanEvent>.Nothing;
        if (RefuseClosed(plan) is { } closed)
            return closed;
        if (request.Trigger != Trigger.Withdraw && RefusePending(plan) is { } pending)
            return pending;
        if (ArrowFor(plan, request.Trigger) is not { } arrow)
            return IllegalTransition(plan, request.Trigger);
        if (Permissions.Refuse(issued.By, arrow.Needs) is { } refused)
            return refused;
        if (NeedsReason(request.Trigger) && string.IsNullOrWhiteSpace(request.Reason))
            return Rejection.Invalid("reason_missing", $"{Lifecycle.Wire(request.Trigger)} needs a reason. Give it in 'reason'.");
        // PLANNED → PLANNED without a change is nothing; the changes themselves come as edits.
        if (request.Trigger == Trigger.UpdatePlan)
            return Decision<PlanEvent>.Nothing;
        if (arrow.Gated)
            return StartGate(plan, arrow, request.GateRunId, issued);
        if (request.Trigger == Trigger.ValidateResults && ExecutionProof.Missing(plan) is { IsEmpty: false } missing)
            return Rejection.Conflict("execution_not_proven", "What was executed is not shown to be what was sealed.", missing);
        return new PlanEvent.StateTransition(
            request.Trigger, arrow.From, arrow.To, TransitionOutcome.Moved, issued.By.Id, Reason: request.Reason);
    }

    private static Decision<PlanEvent> CompleteTransition(Plan plan, PlanCommand.CompleteTransition complete, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ContinueProcess) is { } refused)
            return refused;
        // A run that nobody waits for any more: its plan was withdrawn, or its outcome is recorded.
        if (plan.Pending is not { } pending || pending.GateRunId != complete.GateRunId)
            return Decision<PlanEvent>.Nothing;

        var violation = pending.Trigger == Trigger.BeginExecution ? Violation(plan, issued.Rules, issued.At) : null;
        var blockers = complete.Blockers
            .AddRange(GateMismatch(plan, pending, issued))
            .AddRange(pending.Trigger == Trigger.BeginExecution ? ManifestMissing(plan, complete.Manifest) : [])
            .AddRange(violation is { Enforced: true } ? violation.Violations : []);
        var passed = complete.Passed && blockers.IsEmpty;
        var packed = passed && pending.Trigger == Trigger.PackageArtifacts;
        var moved = new PlanEvent.StateTransition(
            pending.Trigger,
            pending.From,
            passed ? pending.To : pending.From,
            passed ? TransitionOutcome.Moved : TransitionOutcome.Stayed,
            pending.RequestedBy,
            pending.GateRunId,
            pending.Gate,
            Blockers: passed ? null : blockers,
            ManifestId: packed ? complete.NewManifest : null,
            Supersedes: packed ? plan.LastManifest : null);
        return violation is null ? moved : Decision<PlanEvent>.Accept([violation, moved]);
    }

    private static PlanEvent StartGate(Plan plan, Arrow arrow, GateRunId run, Issued issued) => new PlanEvent.GateStarted(
        run,
        GateOf(arrow, issued),
        arrow.Trigger,
        arrow.From,
        arrow.To,
        plan.ContentHash,
        issued.Rules.Hash,
        plan.Artifacts.ToImmutableSortedDictionary(a => a.Key, a => a.Value.Hash, StringComparer.Ordinal),
        [.. plan.Waivers.Where(w => w.ExpiresAt > issued.At)],
        issued.By.Id);

    /// <summary>The gate that the rulebook puts on the arrow; repackaging passes the gate of packaging.</summary>
    private static string GateOf(Arrow arrow, Issued issued)
    {
        var from = arrow == Repackage ? PlanStatus.ReadyForHandoff : arrow.From;
        return issued.Rules.Gates.Single(g => g.From == from && g.To == arrow.To).Name;
    }

    private static Arrow? ArrowFor(Plan plan, Trigger trigger) =>
        trigger == Trigger.PackageArtifacts && plan is { Status: PlanStatus.Packaged, Manifest: null } ? Repackage : Lifecycle.Find(plan.Status, trigger);

    private static bool NeedsReason(Trigger trigger) => trigger is Trigger.Withdraw or Trigger.ValidationFailed or Trigger.ExecutionFailed;

    private static Rejection IllegalTransition(Plan plan, Trigger trigger)
    {
        var allowed = string.Join(", ", Lifecycle.Allowed(plan.Status).Select(Lifecycle.Wire));
        var why = trigger == Trigger.Withdraw && plan.Status == PlanStatus.Executed ? " Report execution_failed first, then withdraw." : "";
        return Rejection.Conflict(
            "illegal_transition",
            $"{Lifecycle.Wire(trigger)} does not apply to a plan that is {Lifecycle.Wire(plan.Status)}; allowed are: {allowed}.{why}");
    }

    /// <summary>A gate run counts for the content and rules that it saw, and for no other.</summary>
    private static ImmutableArray<Blocker> GateMismatch(Plan plan, PendingTransition pending, Issued issued)
    {
        if (plan.ContentHash != pending.ContentHash)
            return [new Blocker("content_changed", "The content has changed since the gate run started. Request the transition again.", pending.Gate)];
        if (issued.Rules.Hash != pending.RulebookHash)
            return [new Blocker("rulebook_changed", "The rulebook has changed since the gate run started. Request the transition again.", pending.Gate)];
        return [];
    }

    private static ImmutableArray<Blocker> ManifestMissing(Plan plan, ManifestFacts? facts)
    {
        if (plan.Manifest is not { } current || facts is null || facts.ManifestId != current)
            return [new Blocker("manifest_missing", "The present content has no manifest. Trigger package_artifacts to make one.", "manifest")];
        return facts.IsSealed
            ? facts.Problems
            : facts.Problems.Add(new Blocker("manifest_not_sealed", $"Manifest {current} is not sealed. Have the missing signers sign it.", "manifest"));
    }
}
