using System.Collections.Immutable;
using System.Diagnostics;

namespace Planning.Domain.Plans;

/// <summary>The fold: what each event makes of the state.</summary>
public sealed partial class PlanDecider
{
    public static Plan Evolve(Plan plan, PlanEvent happened) => happened switch
    {
        PlanEvent.PlanCreated e => Rehash(new Plan
        {
            Exists = true,
            Id = e.PlanId,
            Title = e.Title,
            Description = e.Description,
            Stream = e.Stream,
            Author = e.Author,
            CycleId = e.CycleId,
            ClonedFrom = e.ClonedFrom,
            GivenTags = e.Tags,
            GivenPriority = e.Priority,
            GivenWindow = e.Window,
            EmergencyContact = e.EmergencyContact,
            RollbackPlan = e.RollbackPlan,
        }),
        PlanEvent.PlanUpdated e => RehashIf(TouchesContent(e), plan with
        {
            Title = e.Title ?? plan.Title,
            Description = e.Description ?? plan.Description,
            GivenTags = e.Tags ?? plan.GivenTags,
            GivenPriority = e.Priority ?? plan.GivenPriority,
            GivenWindow = e.Window ?? plan.GivenWindow,
            EmergencyContact = e.EmergencyContact ?? plan.EmergencyContact,
            RollbackPlan = e.RollbackPlan ?? plan.RollbackPlan,
            Artifacts = plan.Artifacts.RemoveRange(e.RemovedArtifacts ?? []),
            CycleId = e.CycleId ?? plan.CycleId,
        }),
        PlanEvent.ArtifactAttached e => Rehash(plan with
        {
            Artifacts = plan.Artifacts.SetItem(e.Name, new ArtifactRef(e.Name, e.Hash, e.SizeBytes, e.Kind, e.Evidence, e.Facts)),
        }),
        PlanEvent.GateStarted e => plan with
        {
            Pending = new PendingTransition(e.GateRunId, e.Gate, e.Trigger, e.FromState, e.ToState, e.ContentHash, e.RulebookHash, e.RequestedBy),
            // Each execution has violations of its own, though the same things be missing.
            Violation = e.Trigger == Trigger.BeginExecution ? null : plan.Violation,
        },
        PlanEvent.StateTransition e => Transitioned(plan, e),
        PlanEvent.ApprovalRecorded { Waiver: { } waiver } => plan with
        {
            Waivers = [.. plan.Waivers.Where(w => (w.Gate, w.Fingerprint) != (waiver.Gate, waiver.Fingerprint)), waiver],
        },
        PlanEvent.ApprovalRecorded e => plan with
        {
            Approvals =
            [
                .. plan.Approvals.Where(a => a.Kind != e.Kind || a.Person != e.Person),
                new Approval(e.Kind, e.Person, e.Verdict, e.ContentHash, e.At, e.Comment),
            ],
        },
        PlanEvent.GovernanceViolation e => plan with { Violation = RecordedViolation.Of(e) },
        PlanEvent.ExecutionReported e => plan with { Reports = plan.Reports.Add(e.Report) },
        _ => throw new UnreachableException($"A plan knows no event {happened.GetType().Name}."),
    };

    private static Plan Transitioned(Plan plan, PlanEvent.StateTransition e)
    {
        var gates = e.Gate is not { } gate || e.GateRunId is not { } run
            ? plan.Gates
            : plan.Gates.SetItem(gate, new GateVerdict(run, e.Outcome == TransitionOutcome.Moved, plan.ContentHash));
        var next = plan with { Status = e.ToState, Pending = null, Gates = gates };
        if (e.ManifestId is { } manifest)
            next = next with { Manifest = manifest, LastManifest = manifest };
        return e is { Outcome: TransitionOutcome.Moved, Trigger: Trigger.BeginExecution }
            ? next with { ReportsBeforeExecution = plan.Reports.Length }
            : next;
    }

    /// <summary>Title, description, priority and cycle are no content, and hashing costs more than the rest of the fold.</summary>
    private static bool TouchesContent(PlanEvent.PlanUpdated e) =>
        e.Tags is not null || e.Window is not null || e.EmergencyContact is not null || e.RollbackPlan is not null || e.RemovedArtifacts is not null;

    private static Plan RehashIf(bool touched, Plan plan) => touched ? Rehash(plan) : plan;

    /// <summary>Every event that may touch content passes here; a manifest packs one content and ends with it.</summary>
    private static Plan Rehash(Plan plan)
    {
        var hash = PlanContent.HashOf(plan);
        return hash == plan.ContentHash ? plan : plan with { ContentHash = hash, Manifest = null };
    }
}
