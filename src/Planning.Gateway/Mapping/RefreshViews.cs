using Planning.Contracts;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Engine.Reads;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Mapping;

/// <summary>Refreshes between the domain and the wire.</summary>
internal static class RefreshViews
{
    public static RefreshView Of(Refresh r, EnvironmentTree tree, long version, long position) => new(
        r.Id.Value, r.EnvironmentId.Value, r.Type, Wire.Name(r.Scope.Level), RefreshLifecycle.Wire(r.Status), r.Window.From, r.Window.To, r.Reason, r.RequestedBy.Value,
        r.Scope.WithChildren, [.. Losses(r, tree)], [.. r.NotifyGroups], [.. RefreshLifecycle.Asked(r.Status).Select(RefreshLifecycle.Wire)], [.. r.Conflicts.Select(Of)],
        [.. r.History.Select(run => Of(r, run))], version, position, r.RequestedAt, r.Approval is { } a ? new RefreshApprovalView(a.By.Value, a.Notes) : null, r.Rejected,
        r.Pending is { } p ? new RefreshPendingView(p.Number, Wire.Name(p.Purpose), p.Window.From, p.Window.To, p.Granted, p.Parked) : null,
        r.Refused is { } refused ? new RefreshRefusalView(refused.Reason, [.. refused.Conflicts.Select(Of)], refused.NextFree?.From, refused.NextFree?.To) : null,
        r.StartedAt);

    public static RefreshConflictView Of(RefreshConflict c) => new(c.Id, Wire.Name(c.Kind), Wire.Name(c.Severity), c.Message, c.Accepted);

    public static RefreshItem Of(RefreshRow r) => new(
        r.Id.Value, r.EnvironmentId.Value, r.Type, Wire.Name(r.Level), RefreshLifecycle.Wire(r.Status), r.Window.From, r.Window.To, r.Reason, r.RequestedBy.Value,
        [.. r.NotifyGroups], r.CreatedAt, r.UpdatedAt, r.RequestedAt);

    public static RefreshRunView Of(RefreshRunRow r) =>
        new(r.RefreshId.Value, r.Number, r.EnvironmentId.Value, r.Type, Wire.Name(r.Outcome), r.StartedAt, r.EndedAt, r.By.Value, r.Note);

    private static RefreshRunView Of(Refresh r, RefreshRun run) =>
        new(r.Id.Value, run.Number, r.EnvironmentId.Value, r.Type, Wire.Name(run.Outcome), run.StartedAt, run.EndedAt, run.By.Value, run.Note);

    private static IEnumerable<RefreshLossView> Losses(Refresh r, EnvironmentTree tree)
    {
        var assets = r.Scope.Destroys.Select(Wire.Name).ToArray();
        return tree.Below(r.EnvironmentId).Where(e => !e.Retired && (r.Scope.WithChildren || e.Id == r.EnvironmentId))
            .OrderBy(e => e.Id != r.EnvironmentId).Select(e => new RefreshLossView(e.Id.Value, e.Name, assets));
    }
}
