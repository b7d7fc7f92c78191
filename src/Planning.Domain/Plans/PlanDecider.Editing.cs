using System.Collections.Immutable;
using Planning.Domain.Governance;

namespace Planning.Domain.Plans;

/// <summary>Creating and editing: fields, tags, artifacts, evidence.</summary>
public sealed partial class PlanDecider
{
    public const int MaxTitleLength = 200;
    public const int MaxArtifacts = 500;

    private static Decision<PlanEvent> Create(Plan plan, PlanCommand.Create create, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.EditPlan) is { } refused)
            return refused;
        if (plan.Exists)
            return Rejection.Conflict("plan_exists", $"Plan {plan.Id} exists already. Use another Idempotency-Key for a new plan.");
        if (Invalid(create.Title, create.Tags, create.Priority, create.Window, issued) is { } invalid)
            return invalid;
        if (string.IsNullOrWhiteSpace(create.Stream))
            return Rejection.Invalid("stream_missing", "A plan belongs to a stream. Give its name in 'stream'.");
        return Decision<PlanEvent>.Accept([
            new PlanEvent.PlanCreated(
                create.PlanId, create.Title, create.Description, create.Stream, issued.By.Id, create.CycleId, create.Tags,
                create.Priority, create.Window, create.EmergencyContact, create.RollbackPlan, create.ClonedFrom),
            .. (create.Artifacts ?? []).Select(Attached),
        ]);
    }

    private static Decision<PlanEvent> Update(Plan plan, PlanCommand.Update update, Issued issued)
    {
        var refused = Permissions.Refuse(issued.By, Permission.EditPlan) ?? RefuseClosed(plan) ?? RefusePending(plan)
            ?? RefuseContentEdit(plan)
            ?? Invalid(update.Title ?? plan.Title, update.Tags ?? plan.GivenTags, update.Priority, update.Window, issued)
            ?? RefuseRemoval(plan, update.RemovedArtifacts);
        if (refused is not null)
            return refused;

        var changed = new PlanEvent.PlanUpdated(
            Title: Changed(plan.Title, update.Title),
            Description: Changed(plan.Description, update.Description),
            Tags: update.Tags is null || update.Tags.SequenceEqual(plan.GivenTags) ? null : update.Tags,
            Priority: update.Priority == plan.GivenPriority ? null : update.Priority,
            Window: Changed(plan.GivenWindow, update.Window),
            EmergencyContact: update.EmergencyContact == plan.EmergencyContact ? null : update.EmergencyContact,
            RollbackPlan: Changed(plan.RollbackPlan, update.RollbackPlan),
            RemovedArtifacts: update.RemovedArtifacts is { IsDefaultOrEmpty: false } removed ? removed : null);
        return changed == new PlanEvent.PlanUpdated()
            ? Decision<PlanEvent>.Nothing
            : WithRepackaging(plan, [changed], update.NextGateRun, issued);
    }

    private static Decision<PlanEvent> Attach(Plan plan, PlanCommand.Attach attach, Issued issued)
    {
        var evidenceOnly = attach.Artifacts.All(a => a.Evidence);
        var refused = Permissions.Refuse(issued.By, evidenceOnly ? Permission.AttachEvidence : Permission.EditPlan)
            ?? RefuseClosed(plan) ?? RefusePending(plan)
            ?? (evidenceOnly ? RefuseEvidence(plan) : RefuseContentEdit(plan))
            ?? RefuseKindChange(plan, attach.Artifacts);
        if (refused is not null)
            return refused;
        if (plan.Artifacts.Keys.Union(attach.Artifacts.Select(a => a.Name)).Count() > MaxArtifacts)
            return Rejection.Invalid("too_many_artifacts", $"A plan holds at most {MaxArtifacts} artifacts. Remove some, or split the plan.");

        var fresh = attach.Artifacts.Where(a => plan.Artifacts.GetValueOrDefault(a.Name)?.Hash != a.Hash).ToImmutableArray();
        return fresh.IsEmpty
            ? Decision<PlanEvent>.Nothing
            : WithRepackaging(plan, [.. fresh.Select(Attached)], attach.NextGateRun, issued);
    }

    /// <summary>Changed content of a packaged plan is packaged anew: gate 2 runs again, in the same breath as the edit.</summary>
    private static Decision<PlanEvent> WithRepackaging(Plan plan, ImmutableArray<PlanEvent> edits, GateRunId nextRun, Issued issued)
    {
        var edited = edits.Aggregate(plan, Evolve);
        return plan.Status == PlanStatus.Packaged && edited.ContentHash != plan.ContentHash
            ? Decision<PlanEvent>.Accept([.. edits, StartGate(edited, Repackage, nextRun, issued)])
            : Decision<PlanEvent>.Accept([.. edits]);
    }

    private static PlanEvent Attached(ArtifactRef a) => new PlanEvent.ArtifactAttached(a.Name, a.Hash, a.SizeBytes, a.Kind, a.Evidence, a.Facts);

    private static Rejection? RefuseContentEdit(Plan plan) => plan.Status is PlanStatus.Planned or PlanStatus.Packaged ? null : Rejection.Conflict(
        "content_frozen",
        plan.Status == PlanStatus.ReadyForHandoff
            ? "The content has passed gate 1 and waits for packaging. Trigger validation_failed to return to PLANNED, then edit."
            : $"The content is sealed while the plan is {Lifecycle.Wire(plan.Status)}. Report execution_failed to return to PACKAGED, or clone the plan.");

    private static Rejection? RefuseEvidence(Plan plan) =>
        plan.Status is PlanStatus.Planned or PlanStatus.ReadyForHandoff or PlanStatus.Packaged or PlanStatus.Executed or PlanStatus.Validated
            ? null
            : Rejection.Conflict("evidence_late", $"Evidence is taken until the plan is VALIDATED; it is {Lifecycle.Wire(plan.Status)}.");

    /// <summary>A name cannot turn from content into evidence: what was approved under it would vanish.</summary>
    private static Rejection? RefuseKindChange(Plan plan, ImmutableArray<ArtifactRef> artifacts)
    {
        var turned = artifacts.FirstOrDefault(a => plan.Artifacts.TryGetValue(a.Name, out var old) && old.Evidence != a.Evidence);
        return turned is null ? null : Rejection.Conflict(
            "artifact_role_differs",
            $"{turned.Name} is attached as {(turned.Evidence ? "content" : "evidence")} already. Use another name for the {(turned.Evidence ? "evidence" : "content")}.");
    }

    private static Rejection? RefuseRemoval(Plan plan, ImmutableArray<string>? removed)
    {
        var unknown = (removed ?? []).FirstOrDefault(name => !plan.Artifacts.ContainsKey(name));
        return unknown is null ? null : Rejection.Invalid("artifact_not_found", $"The plan has no artifact '{unknown}' to remove.");
    }

    private static Rejection? Invalid(string title, ImmutableSortedDictionary<string, string> tags, int? priority, PlanWindow? window, Issued issued)
    {
        if (string.IsNullOrWhiteSpace(title) || title.Length > MaxTitleLength)
            return Rejection.Invalid("title_invalid", $"A title has 1 to {MaxTitleLength} characters; this one has {title.Length}.");
        if (priority is < PlanPriority.Most or > PlanPriority.Least)
            return Rejection.Invalid("priority_invalid", $"A priority is {PlanPriority.Most} (most urgent) to {PlanPriority.Least}; this is {priority}.");
        if (window is not null && window.End < window.Start)
            return Rejection.Invalid("window_invalid", $"The window ends on {window.End:yyyy-MM-dd}, before it starts on {window.Start:yyyy-MM-dd}.");
        var wrong = GovernanceEvaluator.CheckTags(issued.Rules.Governance, tags);
        return wrong.IsEmpty ? null : Rejection.Invalid("tags_invalid", "Some tags do not fit the rulebook.", wrong);
    }

    private static T? Changed<T>(T? old, T? asked) where T : class => asked is null || asked.Equals(old) ? null : asked;
}
