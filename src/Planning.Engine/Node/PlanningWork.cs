using Microsoft.Extensions.Logging;
using Planning.Engine.Digests;
using Planning.Engine.Entities;
using Planning.Engine.Gates;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Handoff;
using Planning.Engine.Leases;
using Planning.Engine.Notifications;
using Planning.Engine.Pump;
using Planning.Engine.Reactors;
using Planning.Engine.Reads;
using Planning.Engine.Refreshes;
using Planning.Engine.Rulebooks;
using Planning.Engine.Timers;

namespace Planning.Engine.Node;

/// <summary>
/// What carries committed events on: pump, reactors, timers, notifications, snapshots, whichever host runs the entities.
/// All but snapshots begin when the lease is held, so that of all processes on one database one does this work and the others stand by.
/// </summary>
public sealed class PlanningWork : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> running = [];
    private readonly List<IDisposable> owned = [];
    private readonly SnapshotWriter snapshots;
    private int disposed;

    /// <param name="own">What the host adds.</param>
    /// <param name="channels">At most one of each kind; targets of other kinds cannot be made.</param>
    /// <param name="validators">Beside the built-in ones.</param>
    /// <param name="name">Of this process, as operators see it beside the lease.</param>
    public PlanningWork(
        Backend backend, IEntityHost host, IRulebooks rulebooks, SnapshotWriter snapshots, HostWork own, IReadOnlyList<IChannel> channels,
        IReadOnlyList<IValidator> validators, WorkOptions options, string name, TimeProvider time, ILoggerFactory loggers)
    {
        this.snapshots = snapshots;
        Channels = channels;
        Recent = Own(new RecentEvents(backend.Log, options.Recent, time));

        var gates = Own(new GateRunner(
            host, backend.Blobs, rulebooks, backend.Reads, backend.GateResults, [.. BuiltInValidators.All, .. validators], options.Gates, time, loggers.CreateLogger<GateRunner>()));
        var reminders = new RefreshReminders(host, backend.Timers, time, loggers.CreateLogger<RefreshReminders>());
        IReactor[] reactors =
        [
            new GateReactor(host, gates),
            new GateOutcomeReactor(host, new ManifestInspector(host, backend.Blobs)),
            new HandoffReactor(host, backend.Log, backend.Blobs, rulebooks),
            new CycleReactor(host, backend.Log, backend.Blobs, new DigestRenderer(rulebooks, backend.Blobs), backend.Digests),
            new EnvironmentMoveReactor(host),
            new RefreshReactor(host, reminders),
            new RefreshRecheckReactor(host, rulebooks, backend.Reads, ListedAsync),
            new RefreshMetrics(host, backend.Reads, ListedAsync),
            .. own.Reactors,
        ];
        var parking = new Parking(
            backend.Positions, backend.Timers, backend.Log, wanted => reactors.Single(r => r.Name == wanted), time, loggers.CreateLogger<Parking>());
        var consumers = reactors.Select(r => Own(new ReactorConsumer(
            r, backend.Positions, parking, options.Reactors, time, loggers.CreateLogger<ReactorConsumer>())));
        var queued = new WakeUp(time);
        var notifications = new NotificationConsumer(
            backend.Notifications, backend.Log, host, backend.Positions, options.Notifications, queued, time, loggers.CreateLogger<NotificationConsumer>());
        var sender = new NotificationSender(backend.Notifications, channels, options.Notifications, queued, time, loggers.CreateLogger<NotificationSender>());
        var pump = new EventPump(backend.Log, [.. backend.Projections, notifications, .. own.Consumers, .. consumers], Recent, backend.Positions, options.Pump, time, loggers.CreateLogger<EventPump>());
        var sweeper = new TimerSweeper(backend.Timers, [parking, reminders], options.Timers, time, loggers.CreateLogger<TimerSweeper>());
        Progress = pump.Progress;
        DryRun = new RulebookDryRun(host, gates, options.Gates, time);
        Leadership = new Leadership(backend.Lease, name, [pump, sweeper, sender], loggers.CreateLogger<Leadership>());
    }

    public WorkParts Parts => new(Channels, Recent, Progress, DryRun);
    public RecentEvents Recent { get; }
    public IReadOnlyList<IChannel> Channels { get; }
    public PumpProgress Progress { get; }
    public RulebookDryRun DryRun { get; }
    public Leadership Leadership { get; }

    public void Start()
    {
        running.Add(Leadership.RunAsync(stopping.Token));
        running.Add(snapshots.RunAsync(stopping.Token));
    }

    /// <summary>Stops pump and timers, and gives the lease back so that a standby need not wait for it to run out. Once is enough.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        await stopping.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        owned.ForEach(o => o.Dispose());
        stopping.Dispose();
    }

    private Task ListedAsync(int partition, long position, CancellationToken cancellation) =>
        Progress.WaitAsync(IReadModels.ConsumerName, partition, position, cancellation);

    private T Own<T>(T disposable) where T : IDisposable
    {
        owned.Add(disposable);
        return disposable;
    }
}

/// <summary>What others see of a node's work. A container may hand it out and go: what is in it is the node's to dispose of.</summary>
public sealed record WorkParts(IReadOnlyList<IChannel> Channels, RecentEvents Recent, PumpProgress Progress, RulebookDryRun DryRun);

/// <summary>What one host's work has beyond that of the other.</summary>
public sealed record HostWork(IReadOnlyList<IReactor> Reactors, IReadOnlyList<IEventConsumer> Consumers);
