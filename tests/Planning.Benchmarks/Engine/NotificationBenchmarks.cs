using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Benchmarks.Harness;
using Planning.Domain;
using Planning.Engine.Log;
using Planning.Engine.Notifications;
using Planning.Engine.Pump;
using Planning.Postgres;
using Planning.Postgres.Leases;
using Planning.Postgres.Log;
using Planning.Postgres.Reads;

namespace Planning.Benchmarks.Engine;

/// <summary>Deliveries of healthy targets from the durable queue, without and with one beside them that never answers.</summary>
internal static class NotificationBenchmarks
{
    private const string Dead = "tgt_dead";
    private const int Targets = 8;
    private const int Topics = 50;
    private const int PerSecond = 1_000;

    private static readonly WorkspaceId Workspace = new("bench");

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("notifications.healthy", run => RunAsync(run, [])),
        new("notifications.one_dead", run => RunAsync(run, [Dead]), "notifications.healthy"),
    ];

    private static async Task<Measured> RunAsync(BenchmarkRun run, string[] dead)
    {
        await using var opened = await PostgresBackend.OpenAsync(
            new DatabaseOptions { ConnectionString = run.ConnectionString }, new EventLogOptions(), new LeaseOptions(), new ReadModelOptions(),
            TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var queue = opened.Backend.Notifications;
        var lease = await opened.Backend.Lease.AcquireAsync("bench", CancellationToken.None);
        var healthy = Enumerable.Range(1, Targets).Select(i => $"tgt_{i}").ToArray();
        var total = await FillAsync(queue, [.. dead, .. healthy], lease.Epoch, Math.Max(200, (int)(run.Seconds * PerSecond))) * Targets;

        var receivers = new Receivers(total);
        using var stop = new CancellationTokenSource();
        var sender = new NotificationSender(queue, [receivers], new NotificationOptions(), new WakeUp(TimeProvider.System), TimeProvider.System, NullLogger<NotificationSender>.Instance);
        var running = sender.RunAsync(lease.Epoch, stop.Token);
        await receivers.All;
        var took = Stopwatch.GetElapsedTime(receivers.Began);
        await stop.CancelAsync();
        receivers.Release();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await lease.ReleaseAsync();
        return new Measured((total - receivers.WarmUp) / took.TotalSeconds, null, null, Note: $"{total} messages to {Targets} targets{(dead.Length > 0 ? ", and as many waiting for a dead one as for each of them" : "")}");
    }

    /// <returns>Messages for each target.</returns>
    private static async Task<int> FillAsync(INotificationQueue queue, string[] targets, long epoch, int perTarget)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var target in targets)
        {
            await ((INotificationDirectory)queue).AddTargetAsync(
                new NotificationTarget(Workspace, target, "group", target, ChannelKind.Webhook, "https://hooks.example", null, new PersonId("per_1"), now), CancellationToken.None);
        }
        for (var first = 0; first < perTarget; first += Topics)
        {
            var rows = Enumerable.Range(first + 1, Topics).SelectMany(position => targets.Select(target => Row(target, position, now))).ToArray();
            var last = new StoredEvent(0, first + Topics, new EntityKey(Workspace, EntityKind.EnvironmentTree, "etr_1"), 1, "e", "BOOKING_MADE", 1, default, default, "c", 0, now);
            await queue.QueueAsync(new EventBatch(0, first, [last], epoch), rows, CancellationToken.None);
        }
        return (perTarget + Topics - 1) / Topics * Topics;
    }

    private static QueuedNotification Row(string target, int position, DateTimeOffset now) => new(
        new Notification(
            QueuedNotification.MessageId(Workspace, $"evt_{position}", target), Workspace, $"env_{position % Topics}", "BOOKING_MADE", now, "QA was booked", "QA was booked.",
            """{"version":1}"""u8.ToArray()),
        target, $"evt_{position}", position, DeliveryStatus.Waiting, now);

    /// <summary>The healthy ones take everything at once.</summary>
    private sealed class Receivers(int total) : IChannel
    {
        private readonly TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<Delivery> never = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int taken;

        /// <summary>The first ones find cold code and are not measured.</summary>
        public int WarmUp { get; } = total / 4;

        public long Began { get; private set; }

        public ChannelKind Kind => ChannelKind.Webhook;

        public Task All => all.Task;

        public string? Refuse(string address) => null;

        public async ValueTask<Delivery> SendAsync(ChannelTarget target, Notification notification, CancellationToken cancellation)
        {
            if (target.Id == Dead)
                return await never.Task.WaitAsync(cancellation);
            var nth = Interlocked.Increment(ref taken);
            if (nth == WarmUp)
                Began = Stopwatch.GetTimestamp();
            if (nth == total)
                all.TrySetResult();
            return new Delivery.Done();
        }

        public void Release() => never.TrySetResult(new Delivery.Failed("stopped"));
    }
}
