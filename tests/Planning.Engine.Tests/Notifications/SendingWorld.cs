using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Planning.Domain;
using Planning.Engine.InMemory;
using Planning.Engine.Log;
using Planning.Engine.Notifications;
using Planning.Engine.Pump;
using Planning.Engine.Reads;
using Planning.Testing;

namespace Planning.Engine.Tests.Notifications;

/// <summary>Targets, what is queued for them, and who sends it, on a clock that stands still until it is moved.</summary>
internal sealed class SendingWorld : IChannel, ILogger<NotificationSender>
{
    public static readonly WorkspaceId Workspace = new("acme");
    private static readonly Viewer Everybody = new(Workspace, new PersonId("per_admin"), [], SeesAll: true);

    private readonly WakeUp queued;
    private long position;

    public SendingWorld() => queued = new WakeUp(Time);

    public FakeTime Time { get; } = new();
    public InMemoryNotificationStore Store { get; } = new();
    public NotificationOptions Options { get; init; } = new();

    /// <summary>What receivers have accepted, in their order.</summary>
    public ConcurrentQueue<(string Target, string Id, string Topic, string Event)> Accepted { get; } = new();

    public ConcurrentQueue<(LogLevel Level, int Event)> Logged { get; } = new();

    /// <summary>What a receiver answers.</summary>
    public Func<ChannelTarget, Notification, Task<Delivery>> Receiver { get; set; } = (_, _) => Task.FromResult<Delivery>(new Delivery.Done());

    public int Tries;

    /// <summary>Whether a receiver never answers: then what is under way waits for the clock.</summary>
    public bool Hangs { get; set; }

    private NotificationSender? sender;

    public Task RunAsync(CancellationToken stop, long epoch = 1) => (sender = new NotificationSender(Store, [this], Options, queued, Time, this)).RunAsync(epoch, stop);

    public async Task TargetAsync(params string[] ids)
    {
        foreach (var id in ids)
            await Store.AddTargetAsync(new NotificationTarget(Workspace, id, "payments", id, ChannelKind.Webhook, "https://hooks.example/" + id, null, new PersonId("per_1"), Time.GetUtcNow()), default);
    }

    /// <summary>One message for each event id, in their order.</summary>
    public async Task QueueAsync(string target, string topic, params string[] events)
    {
        var before = position;
        var rows = events.Select(e => new QueuedNotification(
            new Notification(QueuedNotification.MessageId(Workspace, e, target), Workspace, topic, "BOOKING_MADE", Time.GetUtcNow(), e, e, "{}"u8.ToArray()),
            target, e, ++position, DeliveryStatus.Waiting, Time.GetUtcNow())).ToArray();
        var last = new StoredEvent(0, position, new EntityKey(Workspace, EntityKind.EnvironmentTree, "etr_1"), 1, events[^1], "BOOKING_MADE", 1, default, default, "c", 0, Time.GetUtcNow());
        await Store.QueueAsync(new EventBatch(0, before, [last], 1), rows, default);
        queued.Raise();
    }

    public Task<Page<QueuedNotification>> LeftAsync() => Store.ListDeliveriesAsync(Everybody, new DeliveryFilter(), new PageRequest(null, 200), default).AsTask();

    public async Task<Outage?> OutageAsync(string target) => (await Store.ListTargetsAsync(Everybody, default)).Single(t => t.Id == target).Outage;

    /// <summary>Lets time pass, a second at a time, whenever the sender has come to its wait, until something holds.</summary>
    public async Task PassUntilAsync(Func<bool> holds, TimeSpan atMost)
    {
        for (var left = atMost; !holds(); left -= TimeSpan.FromSeconds(1))
        {
            Assert.True(left > TimeSpan.Zero, $"It does not hold after {atMost}.");
            await Time.UntilWaitingAsync();
            if (!Hangs)
                await sender!.UnderWay;
            Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    public Task PassAsync(TimeSpan time)
    {
        var until = Time.GetUtcNow() + time;
        return PassUntilAsync(() => Time.GetUtcNow() >= until, time + TimeSpan.FromSeconds(1));
    }

    public int Count(int eventId) => Logged.Count(l => l.Event == eventId);

    ChannelKind IChannel.Kind => ChannelKind.Webhook;

    string? IChannel.Refuse(string address) => null;

    async ValueTask<Delivery> IChannel.SendAsync(ChannelTarget target, Notification notification, CancellationToken cancellation)
    {
        Interlocked.Increment(ref Tries);
        var delivery = await Receiver(target, notification).WaitAsync(cancellation);
        if (delivery is Delivery.Done)
            Accepted.Enqueue((target.Id, notification.MessageId, notification.Topic, notification.Subject));
        return delivery;
    }

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Logged.Enqueue((logLevel, eventId.Id));

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;
}
