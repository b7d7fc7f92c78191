using System.Collections.Concurrent;
using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Governance;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Engine.Workspaces;

namespace Planning.InProcess;

/// <summary>
/// The views of workspaces that somebody looks at, in this process. Each reads what is new before it answers; nothing
/// follows a workspace in between.
/// </summary>
public sealed class InProcessViews(InProcessOptions options, Func<CellServices> services, IEntityHost host) : IWorkspaceViews
{
    private readonly ConcurrentDictionary<WorkspaceId, Views> open = new();
    private long looks;

    public async ValueTask<ComplianceReport> ComplianceAsync(WorkspaceId workspace, ComplianceQuery query, ViewedAt viewed, CancellationToken cancellation)
    {
        var view = Of(workspace).Governance;
        await view.Follower.CatchUpAsync(cancellation);
        return await view.ReadAsync(query, viewed.At, cancellation);
    }

    public async ValueTask<CycleKpis?> KpisAsync(WorkspaceId workspace, CycleId cycle, ViewedAt viewed, CancellationToken cancellation)
    {
        var view = Of(workspace).Metrics;
        await view.Follower.CatchUpAsync(cancellation);
        return await view.ReadAsync(cycle, viewed.At, cancellation);
    }

    /// <summary>Has the violations recorded that a workspace shows at this position or later.</summary>
    public async Task SettleAsync(WorkspaceId workspace, long position, CancellationToken cancellation)
    {
        var view = Of(workspace).Governance;
        if (view.Follower.Position < position)
            await view.Follower.CatchUpAsync(cancellation);
        await view.SettleAsync(cancellation);
    }

    private Views Of(WorkspaceId workspace)
    {
        var views = open.GetOrAdd(workspace, static (w, s) => new Views(w, s.services(), s.host), (services, host));
        views.LookedAt = Interlocked.Increment(ref looks);
        if (open.Count > options.MaxViews)
            Forget(views);
        return views;
    }

    /// <summary>The one that was looked at longest ago; whoever is looking at it goes on with what they hold.</summary>
    private void Forget(Views present)
    {
        if (open.Where(v => v.Value != present).MinBy(v => v.Value.LookedAt) is { Value: not null } oldest)
            open.TryRemove(oldest);
    }

    private sealed class Views(WorkspaceId workspace, CellServices cells, IEntityHost host)
    {
        public GovernanceView Governance { get; } = new(workspace, cells.Log, host, cells.Rulebooks, cells.Time);
        public MetricsView Metrics { get; } = new(workspace, cells.Log, cells.Rulebooks, cells.Time);
        public long LookedAt { get; set; }
    }
}
