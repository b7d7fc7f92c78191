using Microsoft.Extensions.Logging;
using Planning.Engine;
using Planning.Engine.Digests;
using Planning.Engine.Entities;
using Planning.Engine.Gates;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Handoff;
using Planning.Engine.Leases;
using Planning.Engine.Pump;
using Planning.Engine.Reactors;
using Planning.Engine.Rulebooks;
using Planning.Engine.Timers;

namespace Planning.InProcess;

/// <summary>Options of everything that runs in the process.</summary>
public sealed record PlanningNodeOptions
{
    public InProcessOptions Host { get; init; } = new();
    public PumpOptions Pump { get; init; } = new();
    public RecentOptions Recent { get; init; } = new();
    public ReactorOptions Reactors { get; init; } = new();
    public TimerOptions Timers { get; init; } = new();
    public GateOptions Gates { get; init; } = new();

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        Named(nameof(Host), Host.Problem()) ?? Named(nameof(Pump), Pump.Problem()) ?? Named(nameof(Recent), Recent.Problem())
        ?? Named(nameof(Reactors), Reactors.Problem()) ?? Named(nameof(Timers), Timers.Problem()) ?? Named(nameof(Gates), Gates.Problem());

    private static string? Named(string part, string? problem) => problem is null ? null : $"{part}: {problem}";
}

/// <summary>
/// One process that does it all: host, pump, reactors, timers. Commands are taken at once; pump and timers
/// begin when the lease is held, so a second process on the same database is a standby for them.
/// </summary>
public sealed class PlanningNode : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> running = [];
    private readonly List<IDisposable> owned = [];
    private readonly InProcessHost host;
    private readonly SnapshotWriter snapshots;

    /// <param name="name">Of this process, as operators see it beside the lease.</param>
    public PlanningNode(Backend backend, PlanningNodeOptions options, string name, TimeProvider time, ILoggerFactory loggers)
    {
        Backend = backend;
        snapshots = new SnapshotWriter(backend.Snapshots, loggers.CreateLogger<SnapshotWriter>());
        Rulebooks = new RulebookCache(() => Host, backend.Blobs, backend.Log, time);
        var services = new CellServices(backend.Log, backend.Snapshots, snapshots, Rulebooks, time);
        host = new InProcessHost(options.Host, () => services, time);
        Recent = Own(new RecentEvents(backend.Log, options.Recent, time));

        var gates = Own(new GateRunner(
            host, backend.Blobs, Rulebooks, backend.Reads, BuiltInValidators.All, options.Gates, time, loggers.CreateLogger<GateRunner>()));
        IReactor[] reactors =
        [
            new GateReactor(host, gates),
            new GateOutcomeReactor(host, new ManifestInspector(host, backend.Blobs)),
            new HandoffReactor(host, backend.Log, backend.Blobs, Rulebooks),
            new CycleReactor(host, backend.Log, backend.Blobs, new DigestRenderer(Rulebooks, backend.Blobs), backend.Digests),
        ];
        var parking = new Parking(
            backend.Positions, backend.Timers, backend.Log, wanted => reactors.Single(r => r.Name == wanted), time, loggers.CreateLogger<Parking>());
        var consumers = reactors.Select(r => Own(new ReactorConsumer(
            r, backend.Positions, parking, options.Reactors, time, loggers.CreateLogger<ReactorConsumer>())));
        var pump = new EventPump(backend.Log, [.. backend.Projections, .. consumers], Recent, options.Pump, time, loggers.CreateLogger<EventPump>());
        var sweeper = new TimerSweeper(backend.Timers, [parking], options.Timers, time, loggers.CreateLogger<TimerSweeper>());
        Progress = pump.Progress;
        Leadership = new Leadership(backend.Lease, name, [pump, sweeper], loggers.CreateLogger<Leadership>());
    }

    public Backend Backend { get; }
    public IEntityHost Host => host;
    public IRulebooks Rulebooks { get; }
    public RecentEvents Recent { get; }
    public PumpProgress Progress { get; }
    public Leadership Leadership { get; }

    /// <summary>Entities in memory now.</summary>
    public int HotEntities => host.Count;

    public void Start()
    {
        running.Add(Leadership.RunAsync(stopping.Token));
        running.Add(snapshots.RunAsync(stopping.Token));
        running.Add(host.SweepAsync(stopping.Token));
    }

    /// <summary>Stops pump and timers, and gives the lease back so that a standby need not wait for it to run out.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        owned.ForEach(o => o.Dispose());
        stopping.Dispose();
    }

    private T Own<T>(T disposable) where T : IDisposable
    {
        owned.Add(disposable);
        return disposable;
    }
}
