using Microsoft.Extensions.Logging;
using Planning.Engine;
using Planning.Engine.Entities;
using Planning.Engine.Gates;
using Planning.Engine.Leases;
using Planning.Engine.Node;
using Planning.Engine.Notifications;
using Planning.Engine.Pump;
using Planning.Engine.Reactors;
using Planning.Engine.Rulebooks;
using Planning.Engine.Trackers;
using Planning.Engine.Workspaces;

namespace Planning.InProcess;

/// <summary>Options of everything that runs in the process.</summary>
public sealed record PlanningNodeOptions : WorkOptions
{
    public InProcessOptions Host { get; init; } = new();

    public override string? Problem() => Named(nameof(Host), Host.Problem()) ?? base.Problem();
}

/// <summary>
/// One process that does it all: entities, and the work beside them. Commands are taken at once, also by a process that
/// stands by for the rest.
/// </summary>
public sealed class PlanningNode : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly InProcessHost host;
    private Task sweeping = Task.CompletedTask;

    /// <param name="name">Of this process, as operators see it beside the lease.</param>
    /// <param name="channels">What notifications are sent over; none where nothing is given.</param>
    /// <param name="trackers">Where people follow refreshes; null for nowhere.</param>
    /// <param name="validators">Beside the built-in ones; none where nothing is given.</param>
    public PlanningNode(
        Backend backend, PlanningNodeOptions options, string name, TimeProvider time, ILoggerFactory loggers,
        IReadOnlyList<IChannel>? channels = null, IReadOnlyList<ITracker>? trackers = null, IReadOnlyList<IValidator>? validators = null)
    {
        Backend = backend;
        var snapshots = new SnapshotWriter(backend.Snapshots, loggers.CreateLogger<SnapshotWriter>());
        Rulebooks = new RulebookCache(backend.Blobs, backend.Log, time);
        var services = new CellServices(backend.Log, backend.Snapshots, snapshots, Rulebooks, time);
        host = new InProcessHost(options.Host, () => services, time);
        var views = new InProcessViews(options.Host, () => services, host);
        Views = views;
        var own = new HostWork([new GovernanceReactor(host, Rulebooks, views.SettleAsync), .. TrackerReactor.Each(trackers ?? [], host, backend.TrackerLinks, time)], []);
        Work = new PlanningWork(backend, host, Rulebooks, snapshots, own, channels ?? [], validators ?? [], options, name, time, loggers);
    }

    public Backend Backend { get; }
    public IEntityHost Host => host;
    public IRulebooks Rulebooks { get; }
    public IWorkspaceViews Views { get; }
    public PlanningWork Work { get; }
    public RecentEvents Recent => Work.Recent;
    public PumpProgress Progress => Work.Progress;
    public Leadership Leadership => Work.Leadership;

    /// <summary>Entities in memory now.</summary>
    public int HotEntities => host.Count;

    public void Start()
    {
        Work.Start();
        sweeping = host.SweepAsync(stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Work.DisposeAsync();
        await stopping.CancelAsync();
        await sweeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }
}
