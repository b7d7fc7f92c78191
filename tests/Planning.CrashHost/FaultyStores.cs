using Planning.Domain;
using Planning.Engine.Blobs;
using Planning.Engine.Digests;
using Planning.Engine.Log;
using Planning.Engine.Pump;
using Planning.Engine.Timers;

namespace Planning.CrashHost;

internal sealed class FaultyBlobs(IBlobStore blobs, Faults faults, GatesUnderWay gates) : IBlobStore
{
    public ValueTask<ContentHash> PutAsync(WorkspaceId workspace, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (IsDigest(bytes.Span))
            faults.Pass(FaultPoints.InDigest);
        return blobs.PutAsync(workspace, bytes, cancellation);
    }

    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation)
    {
        var bytes = await blobs.GetAsync(workspace, hash, cancellation);
        if (gates.Any)
            faults.Pass(FaultPoints.InGateRun);
        return bytes;
    }

    /// <summary>Both forms of a digest begin like nothing else that is stored.</summary>
    private static bool IsDigest(ReadOnlySpan<byte> bytes) => bytes.StartsWith("# Cycle digest"u8) || bytes.StartsWith("{\"cycle\":{"u8);
}

internal sealed class FaultyDigests(IDigestStore digests, Faults faults) : IDigestStore
{
    public async ValueTask SaveAsync(StoredDigest digest, CancellationToken cancellation)
    {
        faults.Pass(FaultPoints.InDigest);
        await digests.SaveAsync(digest, cancellation);
        faults.Pass(FaultPoints.InDigest);
    }

    public ValueTask<StoredDigest?> FindAsync(WorkspaceId workspace, CycleId cycle, CancellationToken cancellation) => digests.FindAsync(workspace, cycle, cancellation);
}

internal sealed class FaultyTimers(ITimerStore timers, Faults faults) : ITimerStore
{
    public ValueTask ScheduleAsync(DurableTimer timer, CancellationToken cancellation)
    {
        Pass(timer.Name);
        return timers.ScheduleAsync(timer, cancellation);
    }

    public ValueTask CancelAsync(WorkspaceId workspace, string name, CancellationToken cancellation)
    {
        Pass(name);
        return timers.CancelAsync(workspace, name, cancellation);
    }

    public ValueTask<IReadOnlyList<DurableTimer>> ClaimDueAsync(DateTimeOffset now, int max, TimeSpan visibleAgainAfter, long leaseEpoch, CancellationToken cancellation) =>
        timers.ClaimDueAsync(now, max, visibleAgainAfter, leaseEpoch, cancellation);

    public ValueTask CompleteAsync(IReadOnlyCollection<DurableTimer> fired, CancellationToken cancellation) => timers.CompleteAsync(fired, cancellation);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellation) => timers.NextDueAsync(cancellation);

    private void Pass(string name)
    {
        if (name.StartsWith("reminder/", StringComparison.Ordinal))
            faults.Pass(FaultPoints.InRefresh);
    }
}

internal sealed class FaultyPositions(IConsumerPositions positions, Faults faults) : IConsumerPositions
{
    public ValueTask<long> LoadAsync(string consumer, int partition, CancellationToken cancellation) => positions.LoadAsync(consumer, partition, cancellation);

    public ValueTask<bool> AdvanceAsync(string consumer, int partition, long from, long to, long leaseEpoch, CancellationToken cancellation)
    {
        faults.Pass(FaultPoints.BeforePosition);
        return positions.AdvanceAsync(consumer, partition, from, to, leaseEpoch, cancellation);
    }

    public ValueTask ParkAsync(string consumer, StoredEvent poison, string reason, CancellationToken cancellation) =>
        positions.ParkAsync(consumer, poison, reason, cancellation);

    public ValueTask<bool> UnparkAsync(string consumer, int partition, long position, CancellationToken cancellation) =>
        positions.UnparkAsync(consumer, partition, position, cancellation);
}

/// <summary>A projection stores effect and position together, so it is ended before both or after both.</summary>
internal sealed class FaultyProjection(IEventConsumer projection, Faults faults) : IEventConsumer
{
    public string Name => projection.Name;

    public ValueTask<long> PositionAsync(int partition, CancellationToken cancellation) => projection.PositionAsync(partition, cancellation);

    public async ValueTask HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        faults.Pass(FaultPoints.BeforePosition);
        await projection.HandleAsync(batch, cancellation);
        faults.Pass(FaultPoints.BeforePosition);
    }
}
