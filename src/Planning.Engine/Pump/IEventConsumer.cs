using Planning.Engine.Log;

namespace Planning.Engine.Pump;

/// <summary>
/// Takes committed events in order. It keeps its position in the same transaction as its effect, or its effect is
/// idempotent by event id: a batch may come again after a crash.
/// </summary>
public interface IEventConsumer
{
    /// <summary>Stored with the position; never changes.</summary>
    string Name { get; }

    /// <summary>The position after which the next batch starts.</summary>
    ValueTask<long> PositionAsync(int partition, CancellationToken cancellation);

    /// <summary>
    /// Applies a batch and stores its last position, both or neither.
    /// </summary>
    /// <exception cref="Leases.LeaseLostException">The position was moved by another holder of the lease.</exception>
    ValueTask HandleAsync(EventBatch batch, CancellationToken cancellation);
}

/// <param name="After">The position before the first event: what the consumer must stand at.</param>
/// <param name="Events">In order, without holes.</param>
/// <param name="LeaseEpoch">Compared with the stored one when the position moves.</param>
public sealed record EventBatch(int Partition, long After, IReadOnlyList<StoredEvent> Events, long LeaseEpoch)
{
    public long Last => Events.Count == 0 ? After : Events[^1].Position;
}
