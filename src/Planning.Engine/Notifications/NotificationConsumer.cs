using Microsoft.Extensions.Logging;
using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Engine.Pump;

namespace Planning.Engine.Notifications;

/// <summary>
/// Turns events into notifications, a batch and its position in one transaction: each event is queued exactly once for
/// each target. What nobody has subscribed to costs one look at its type.
/// </summary>
/// <param name="queued">Raised when there is something to send.</param>
public sealed partial class NotificationConsumer(
    INotificationQueue queue, IEventLog log, IEntityHost host, IConsumerPositions parked, NotificationOptions options, WakeUp queued, TimeProvider time, ILogger<NotificationConsumer> logger)
    : IEventConsumer
{
    private readonly Dictionary<int, Mark> marks = [];
    private readonly Dictionary<int, FoldMemory> memories = [];
    private readonly Lock gate = new();

    public string Name => INotificationQueue.ConsumerName;

    public async ValueTask<long> PositionAsync(int partition, CancellationToken cancellation)
    {
        var stored = await queue.PositionAsync(partition, cancellation);
        lock (gate)
        {
            marks[partition] = new Mark(stored, time.GetTimestamp());
            // What is in memory may be another holder's past.
            memories[partition] = new FoldMemory(log, options.MaxTrackedBytes);
        }
        return stored;
    }

    public async ValueTask HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        Mark mark;
        FoldMemory memory;
        lock (gate)
            (mark, memory) = (marks[batch.Partition], memories[batch.Partition]);

        var told = await TellAsync(batch.Events, memory, cancellation);
        if (told.Count == 0 && time.GetElapsedTime(mark.At) < options.IdleStoreInterval)
            return;
        await queue.QueueAsync(batch with { After = mark.Stored }, told, cancellation);
        lock (gate)
            marks[batch.Partition] = new Mark(batch.Last, time.GetTimestamp());
        if (told.Count > 0)
            queued.Raise();
    }

    private async ValueTask<List<QueuedNotification>> TellAsync(IReadOnlyList<StoredEvent> events, FoldMemory memory, CancellationToken cancellation)
    {
        var told = new List<QueuedNotification>();
        var tellable = events.Where(e => NotificationSources.Of(e.Entity.Kind)?.EventTypes.Contains(e.Type) == true).ToArray();
        if (tellable.Length == 0)
            return told;
        var subscriptions = (await queue.SubscriptionsAsync(tellable.Select(e => e.Entity.Workspace).ToHashSet(), cancellation)).ToLookup(s => s.Workspace);
        var environments = new EnvironmentLookup(host);
        foreach (var stored in tellable)
        {
            var wanting = subscriptions[stored.Entity.Workspace].Where(s => s.MayWant(stored.Type, stored.At)).ToArray();
            if (wanting.Length == 0 || await SayAsync(stored, memory, cancellation) is not { } telling)
                continue;
            if (await environments.FindAsync(stored.Entity.Workspace, telling.EnvironmentId, cancellation) is not { } about)
                continue;
            told.AddRange(wanting.Where(s => s.Wants(about with { AlsoTold = telling.AlsoTold })).Select(s => s.TargetId).Distinct(StringComparer.Ordinal)
                .Select(target => NotificationText.Of(stored, telling, about, target, time.GetUtcNow())));
        }
        return told;
    }

    private async ValueTask<Telling?> SayAsync(StoredEvent stored, FoldMemory memory, CancellationToken cancellation)
    {
        try
        {
            var happened = EventCodec.Decode(stored);
            var (before, after) = await memory.AroundAsync(stored, happened, cancellation);
            return NotificationSources.Of(stored.Entity.Kind)!.Tell(stored, happened, before, after);
        }
        // Decoding, folding and telling are pure: whatever they throw comes again with the event, and must not hold up the others.
        catch (Exception why) when (why is not (OperationCanceledException or LogUnavailableException or System.Data.Common.DbException or TimeoutException))
        {
            await parked.ParkAsync(Name, stored, why.Message, cancellation);
            LogParked(why, stored.EventId, stored.Type, stored.Entity.ToString());
            return null;
        }
    }

    [LoggerMessage(EventId = 1601, Level = LogLevel.Error, Message = "Nobody can be told of event {EventId} ({Type}) of {Entity}; it is parked")]
    private partial void LogParked(Exception why, string eventId, string type, string entity);

    private sealed record Mark(long Stored, long At);
}
