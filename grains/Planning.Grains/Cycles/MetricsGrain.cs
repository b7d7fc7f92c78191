using Microsoft.Extensions.Logging;
using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Engine.Entities;
using Planning.Engine.Workspaces;
using Planning.Grains.Workspaces;

namespace Planning.Grains.Cycles;

/// <summary>The KPI facts of a workspace's open cycles, kept while they come about.</summary>
[GrainType("metrics")]
[ImplicitStreamSubscription(WorkspaceStream.Namespace)]
public sealed class MetricsGrain(CellServices services, FollowerOptions options, ILogger<MetricsGrain> logger)
    : FollowerGrain<MetricsFold>(options, services.Time, logger), IMetricsGrain
{
    private MetricsView view = null!;

    protected override WorkspaceFollower<MetricsFold> Follower => view.Follower;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        view = new MetricsView(Workspace, services.Log, services.Rulebooks, services.Time);
        return base.OnActivateAsync(cancellationToken);
    }

    public async ValueTask<KpisMessage> KpisAsync(string cycle, long minPosition, DateTimeOffset at) =>
        await ReachAsync(minPosition) is { } unreadable
            ? new KpisMessage(null, unreadable)
            : new KpisMessage(await view.ReadAsync(new CycleId(cycle), at, CancellationToken.None), null);
}

[Alias("planning.metrics")]
public interface IMetricsGrain : IFollowerGrain
{
    [Alias("kpis")]
    ValueTask<KpisMessage> KpisAsync(string cycle, long minPosition, DateTimeOffset at);
}

/// <summary>The KPIs, nothing where no such cycle is open, or why the history cannot be read.</summary>
[GenerateSerializer, Immutable, Alias("planning.kpis")]
public sealed record KpisMessage([property: Id(0)] CycleKpis? Kpis, [property: Id(1)] string? Unreadable);
