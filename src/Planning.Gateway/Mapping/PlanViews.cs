using System.Collections.Immutable;
using Planning.Contracts;
using Planning.Domain.Plans;
using Planning.Engine.Reads;
using Planning.Gateway.Requests;
using DomainWindow = Planning.Domain.Plans.PlanWindow;
using PlanWindow = Planning.Contracts.PlanWindow;

namespace Planning.Gateway.Mapping;

/// <summary>Plans between the domain and the wire.</summary>
internal static class PlanViews
{
    public static PlanView Of(Plan plan, long version, long position)
    {
        var tags = plan.Tags;
        var tasks = plan.Tasks;
        return new PlanView(
            plan.Id.Value,
            plan.Title,
            plan.Stream,
            Wire.Name(plan.Status),
            plan.Author.Value,
            plan.CycleId.Value,
            plan.GivenPriority ?? PlanPriority.Of(tags, tasks),
            tags,
            [.. Lifecycle.Allowed(plan.Status).Select(Wire.Name)],
            [.. plan.Artifacts.Values.Select(Of)],
            [.. plan.Approvals.Select(Of)],
            [.. plan.Waivers.Select(Of)],
            [.. plan.Gates.Select(g => new GateVerdictView(g.Key, g.Value.GateRunId.Value, g.Value.Passed, g.Value.ContentHash.Value))],
            tasks.Count,
            tasks.Points,
            plan.Reports.Length,
            plan.ContentHash.Value,
            version,
            position,
            plan.Description,
            Of(plan.Window),
            plan.EmergencyContact?.Value,
            plan.RollbackPlan,
            plan.ClonedFrom?.Value,
            plan.Manifest?.Value,
            Of(plan.Pending));
    }

    public static PlanItem Of(PlanRow row) => new(
        row.Id.Value, row.Title, row.Stream, Wire.Name(row.Status), row.Author.Value, row.CycleId.Value, row.Priority, row.Tags, row.TaskCount, row.Points,
        row.ContentHash.Value, row.Version, row.Position, row.CreatedAt, row.UpdatedAt, row.Pending is { } pending ? Wire.Name(pending) : null, row.Manifest?.Value);

    public static ArtifactItem Of(ArtifactRef a) => new(a.Name, a.Kind, a.Hash.Value, a.SizeBytes, a.Evidence);

    public static ApprovalView Of(Approval a) => new(Wire.Name(a.Kind), a.Person.Value, Wire.Name(a.Verdict), a.ContentHash.Value, a.At, a.Comment);

    public static WaiverView Of(Waiver w) => new(w.Gate, w.Fingerprint, w.Reason, w.ExpiresAt, w.By.Value);

    public static PendingTransitionView? Of(PendingTransition? p) => p is null ? null : new PendingTransitionView(
        Wire.Name(p.Trigger), p.Gate, p.GateRunId.Value, Wire.Name(p.From), Wire.Name(p.To), p.RequestedBy.Value);

    public static DomainWindow? Of(PlanWindow? window) => window is null ? null : new DomainWindow(window.Start, window.End);

    private static PlanWindow? Of(DomainWindow? window) => window is null ? null : new PlanWindow(window.Start, window.End);
}
