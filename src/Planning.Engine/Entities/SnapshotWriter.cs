using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Planning.Domain;

namespace Planning.Engine.Entities;

/// <summary>Takes snapshots that are worth keeping. None is waited for.</summary>
public interface ISnapshotSink
{
    void Offer(EntitySnapshot snapshot);
}

/// <summary>Writes snapshots in the background, in batches. Losing one costs a longer load, never an event.</summary>
public sealed partial class SnapshotWriter(ISnapshotStore store, ILogger<SnapshotWriter> log) : ISnapshotSink
{
    private const int MaxBatch = 200;

    /// <summary>Full when the store is slow; then offers are dropped and made again after the next events.</summary>
    private readonly Channel<EntitySnapshot> offers = Channel.CreateBounded<EntitySnapshot>(
        new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Offer(EntitySnapshot snapshot) => offers.Writer.TryWrite(snapshot);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var batch = new Dictionary<EntityKey, EntitySnapshot>();
        while (await offers.Reader.WaitToReadAsync(cancellation))
        {
            batch.Clear();
            while (batch.Count < MaxBatch && offers.Reader.TryRead(out var snapshot))
                batch[snapshot.Entity] = snapshot;
            try
            {
                await store.SaveAsync([.. batch.Values], cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                NotWritten(log, batch.Count, e);
            }
        }
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Warning, Message = "{Count} snapshots could not be written; their entities load from events")]
    private static partial void NotWritten(ILogger logger, int count, Exception e);
}
