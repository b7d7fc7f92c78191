using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Planning.Domain;
using Planning.Engine.Leases;
using Planning.Engine.Log;
using Planning.Engine.Pump;

namespace Planning.Grains.Workspaces;

/// <summary>
/// Publishes committed events, each on the stream of its workspace. It runs in the pump, under the lease; when its silo is
/// gone, the next holder goes on from the stored position, and what comes twice is known by its position. A message that
/// cannot be published is left to the log: the next one tells its reader that something is missing.
/// </summary>
public sealed partial class StreamConsumer(
    Func<IStreamProvider> provider, IEventLog log, IConsumerPositions positions, FollowerOptions options, TimeProvider time, ILogger<StreamConsumer> logger) : IEventConsumer
{
    public const string ConsumerName = "streams";

    /// <summary>A position that is stored late only has some messages come twice.</summary>
    private static readonly TimeSpan StoreInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, Place> places = [];

    public string Name => ConsumerName;

    public async ValueTask<long> PositionAsync(int partition, CancellationToken cancellation)
    {
        var stored = await positions.LoadAsync(Name, partition, cancellation);
        places[partition] = new Place(stored, time.GetTimestamp());
        return stored;
    }

    public async ValueTask HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        var place = places[batch.Partition];
        await Task.WhenAll(batch.Events.GroupBy(e => e.Entity.Workspace).Select(own => PublishAsync(place, own.Key, [.. own])));
        if (time.GetElapsedTime(place.StoredAt) >= StoreInterval)
        {
            if (!await positions.AdvanceAsync(Name, batch.Partition, place.Stored, batch.Last, batch.LeaseEpoch, cancellation))
                throw new LeaseLostException($"{Name} could not move its position from {place.Stored}.");
            (place.Stored, place.StoredAt) = (batch.Last, time.GetTimestamp());
        }
        // Only now, so that the next batch has what is committed meanwhile.
        await Task.Delay(options.PublishInterval, time, cancellation);
    }

    private async Task PublishAsync(Place place, WorkspaceId workspace, IReadOnlyList<StoredEvent> events)
    {
        long? previous = place.Last.TryGetValue(workspace, out var last) ? last : null;
        place.Last[workspace] = events[^1].Position;
        var stream = provider().GetStream<EventsMessage>(WorkspaceStream.Of(workspace));
        foreach (var part in Parts(events))
        {
            try
            {
                await stream.OnNextAsync(EventsMessage.Of(log.Epoch, previous, part));
            }
            catch (Exception e)
            {
                NotPublished(logger, workspace.Value, part[0].Position, part[^1].Position, e);
            }
            previous = part[^1].Position;
        }
    }

    private IEnumerable<IReadOnlyList<StoredEvent>> Parts(IReadOnlyList<StoredEvent> events)
    {
        var part = new List<StoredEvent>();
        long bytes = 0;
        foreach (var e in events)
        {
            if (part.Count > 0 && (part.Count == options.MaxEvents || bytes + e.Data.Length > options.MaxBytes))
            {
                yield return part;
                (part, bytes) = ([], 0);
            }
            part.Add(e);
            bytes += e.Data.Length;
        }
        yield return part;
    }

    [LoggerMessage(EventId = 1701, Level = LogLevel.Warning, Message = "Events {First} to {Last} of workspace {Workspace} could not be published; their followers read them from the log")]
    private static partial void NotPublished(ILogger logger, string workspace, long first, long last, Exception e);

    private sealed class Place(long stored, long storedAt)
    {
        public long Stored { get; set; } = stored;
        public long StoredAt { get; set; } = storedAt;

        /// <summary>The last position of each workspace that was published here.</summary>
        public Dictionary<WorkspaceId, long> Last { get; } = [];
    }
}
