using System.Collections.Concurrent;
using System.Security.Cryptography;
using Planning.Domain;
using Planning.Engine.Blobs;
using Planning.Engine.Entities;
using Planning.Engine.Leases;
using Planning.Engine.Log;
using Planning.Engine.Pump;
using Planning.Engine.Timers;

namespace Planning.Engine.InMemory;

/// <summary>Blobs in a dictionary.</summary>
public sealed class InMemoryBlobStore : IBlobStore
{
    private readonly ConcurrentDictionary<(WorkspaceId, ContentHash), byte[]> blobs = new();

    public ValueTask<ContentHash> PutAsync(WorkspaceId workspace, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var hash = new ContentHash("sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));
        blobs[(workspace, hash)] = bytes.ToArray();
        return new(hash);
    }

    public ValueTask<ReadOnlyMemory<byte>?> GetAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation) =>
        new(blobs.TryGetValue((workspace, hash), out var bytes) ? (ReadOnlyMemory<byte>?)bytes : null);
}

/// <summary>Snapshots in a dictionary; of each fold version the newer one stays.</summary>
public sealed class InMemorySnapshotStore : ISnapshotStore
{
    private readonly ConcurrentDictionary<(EntityKey, int), EntitySnapshot> kept = new();

    public int Count => kept.Count;

    public ValueTask<EntitySnapshot?> LoadAsync(EntityKey entity, int foldVersion, CancellationToken cancellation) =>
        new(kept.GetValueOrDefault((entity, foldVersion)));

    public ValueTask SaveAsync(IReadOnlyList<EntitySnapshot> snapshots, CancellationToken cancellation)
    {
        foreach (var s in snapshots)
            kept.AddOrUpdate((s.Entity, s.FoldVersion), s, (_, old) => s.Version > old.Version ? s : old);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A lease that one asker holds until it is released.</summary>
public sealed class InMemoryLease : ILease, IDisposable
{
    private readonly SemaphoreSlim free = new(1, 1);
    private long epoch;

    public async ValueTask<HeldLease> AcquireAsync(string holder, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        return new HeldLease(holder, Interlocked.Increment(ref epoch), () => { free.Release(); return ValueTask.CompletedTask; }, CancellationToken.None);
    }

    public void Dispose() => free.Dispose();
}

/// <summary>Positions and parked events in dictionaries.</summary>
public sealed class InMemoryConsumerPositions : IConsumerPositions
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string, int), (long Position, long LeaseEpoch)> positions = [];
    private readonly Dictionary<(string, int, long), string> parked = [];

    /// <summary>Consumer, partition and position of each parked event, with the reason.</summary>
    public IReadOnlyDictionary<(string Consumer, int Partition, long Position), string> Parked
    {
        get
        {
            lock (gate)
                return parked.ToDictionary();
        }
    }

    public ValueTask<long> LoadAsync(string consumer, int partition, CancellationToken cancellation)
    {
        lock (gate)
            return new(positions.GetValueOrDefault((consumer, partition)).Position);
    }

    public ValueTask<bool> AdvanceAsync(string consumer, int partition, long from, long to, long leaseEpoch, CancellationToken cancellation)
    {
        lock (gate)
        {
            var (position, epoch) = positions.GetValueOrDefault((consumer, partition));
            if (position != from || epoch > leaseEpoch)
                return new(false);
            positions[(consumer, partition)] = (to, leaseEpoch);
            return new(true);
        }
    }

    public ValueTask ParkAsync(string consumer, StoredEvent poison, string reason, CancellationToken cancellation)
    {
        lock (gate)
            parked[(consumer, poison.Partition, poison.Position)] = reason;
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> UnparkAsync(string consumer, int partition, long position, CancellationToken cancellation)
    {
        lock (gate)
            return new(parked.Remove((consumer, partition, position)));
    }
}

/// <summary>Timers in a dictionary.</summary>
public sealed class InMemoryTimerStore : ITimerStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<(WorkspaceId, string), (DurableTimer Timer, DateTimeOffset VisibleAt)> timers = [];
    private long newestLease;

    public ValueTask ScheduleAsync(DurableTimer timer, CancellationToken cancellation)
    {
        lock (gate)
            timers[(timer.Workspace, timer.Name)] = (timer with { Attempt = 0 }, timer.DueAt);
        return ValueTask.CompletedTask;
    }

    public ValueTask CancelAsync(WorkspaceId workspace, string name, CancellationToken cancellation)
    {
        lock (gate)
            timers.Remove((workspace, name));
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<DurableTimer>> ClaimDueAsync(
        DateTimeOffset now, int max, TimeSpan visibleAgainAfter, long leaseEpoch, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (leaseEpoch < newestLease)
                return new([]);
            newestLease = leaseEpoch;
            var due = timers.Where(t => t.Value.VisibleAt <= now).OrderBy(t => t.Value.VisibleAt).Take(max).ToArray();
            foreach (var (key, (timer, _)) in due)
                timers[key] = (timer with { Attempt = timer.Attempt + 1 }, now + visibleAgainAfter);
            return new([.. due.Select(t => t.Value.Timer)]);
        }
    }

    public ValueTask CompleteAsync(IReadOnlyCollection<DurableTimer> fired, CancellationToken cancellation)
    {
        lock (gate)
        {
            foreach (var timer in fired)
            {
                if (timers.TryGetValue((timer.Workspace, timer.Name), out var kept) && kept.Timer.DueAt == timer.DueAt && kept.Timer.Attempt == timer.Attempt + 1)
                    timers.Remove((timer.Workspace, timer.Name));
            }
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellation)
    {
        lock (gate)
            return new(timers.Count == 0 ? null : timers.Values.Min(t => t.VisibleAt));
    }
}
