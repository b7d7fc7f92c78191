using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Rulebooks;
using Planning.Engine.Digests;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Engine.Workspaces;

/// <summary>A workspace's cycles while they are open: the facts that their KPIs are computed from.</summary>
public sealed class MetricsView(WorkspaceId workspace, IEventLog log, IRulebooks rulebooks, TimeProvider time)
{
    public WorkspaceFollower<MetricsFold> Follower { get; } = new(workspace, log, () => new MetricsFold(), (fold, stored) => fold.Apply(CycleHistory.Happened(stored)), time);

    /// <summary>Of what has been applied; null where no cycle of this id is open.</summary>
    public ValueTask<CycleKpis?> ReadAsync(CycleId cycle, DateTimeOffset at, CancellationToken cancellation) => Follower.LookAsync(
        fold => fold.Rulebook, rulebooks, (fold, rules) => fold.Cycles.Present(cycle, at) is { } facts ? CycleKpis.Of(facts, rules) : null, cancellation);
}

/// <summary>The cycles, and the rulebook whose formulas measure them.</summary>
public sealed class MetricsFold
{
    public CycleFold Cycles { get; } = new();

    /// <summary>The rulebook that was activated last; null while the shipped one holds.</summary>
    public ContentHash? Rulebook { get; private set; }

    public void Apply(Happened happened)
    {
        Cycles.Apply(happened);
        if (happened.Event is RulebookEvent.RulebookActivated activated)
            Rulebook = activated.RulebookHash;
    }
}
