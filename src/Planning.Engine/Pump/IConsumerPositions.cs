namespace Planning.Engine.Pump;

/// <summary>Positions of consumers whose effect is idempotent and lies elsewhere (reactors).</summary>
public interface IConsumerPositions
{
    ValueTask<long> LoadAsync(string consumer, int partition, CancellationToken cancellation);

    /// <summary>Compare-and-set on the old position and the lease's epoch; false when either differs.</summary>
    ValueTask<bool> AdvanceAsync(string consumer, int partition, long from, long to, long leaseEpoch, CancellationToken cancellation);

    /// <summary>Puts an event aside that failed again and again, with the reason, for an operator to see. Parking it again replaces the reason.</summary>
    ValueTask ParkAsync(string consumer, Log.StoredEvent poison, string reason, CancellationToken cancellation);

    /// <summary>Takes an event back out; false where it was not parked.</summary>
    ValueTask<bool> UnparkAsync(string consumer, int partition, long position, CancellationToken cancellation);
}
