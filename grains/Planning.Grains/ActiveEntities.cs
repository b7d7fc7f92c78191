using System.Collections.Concurrent;

namespace Planning.Grains;

/// <summary>
/// The entities in this silo's memory, kept within its limits. Orleans itself lets grains go when they were idle for
/// long or when the machine's memory ends, and knows no bound in between.
/// </summary>
public sealed class ActiveEntities(EntityLimits limits, TimeProvider time)
{
    /// <summary>Room is made before it is needed, as entities need a moment to leave, and for many at once.</summary>
    private const double StartsAt = 0.95, EndsAt = 0.9;

    /// <summary>So long an entity waits for room. Others may wait for it before they can leave; so it enters in the end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ActiveEntity, bool> entities = new();
    private readonly Lock gate = new();
    private Task sweep = Task.CompletedTask;
    private int count;
    private long bytes;

    /// <summary>Entities in memory now.</summary>
    public int Count => Volatile.Read(ref count);

    internal async ValueTask<ActiveEntity> EnterAsync(IGrainContext grain, CancellationToken cancellation)
    {
        var from = time.GetTimestamp();
        while (!TryCount(time.GetElapsedTime(from) < Patience ? limits.MaxEntities : int.MaxValue))
        {
            await Task.WhenAny(MakeRoom(), Task.Delay(Patience, time, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }
        var entity = new ActiveEntity(grain) { LastUsed = time.GetTimestamp() };
        entities[entity] = true;
        MakeRoomInTime();
        return entity;
    }

    /// <summary>It was used, and is of this size now.</summary>
    internal void Used(ActiveEntity entity, long size)
    {
        entity.LastUsed = time.GetTimestamp();
        if (size == entity.Bytes)
            return;
        Interlocked.Add(ref bytes, size - entity.Bytes);
        entity.Bytes = size;
        MakeRoomInTime();
    }

    internal void Leave(ActiveEntity entity)
    {
        entities.TryRemove(entity, out _);
        Interlocked.Decrement(ref count);
        Interlocked.Add(ref bytes, -entity.Bytes);
    }

    private bool TryCount(int most)
    {
        for (var seen = Count; seen < most;)
        {
            var was = Interlocked.CompareExchange(ref count, seen + 1, seen);
            if (was == seen)
                return true;
            seen = was;
        }
        return false;
    }

    private bool Over(double share) => Count > limits.MaxEntities * share || Interlocked.Read(ref bytes) > limits.MaxBytes * share;

    private void MakeRoomInTime()
    {
        if (Over(StartsAt))
            _ = MakeRoom();
    }

    private Task MakeRoom()
    {
        lock (gate)
            return sweep.IsCompleted ? sweep = Task.Run(SweepAsync) : sweep;
    }

    private async Task SweepAsync()
    {
        var leaving = LeastRecentlyUsed();
        foreach (var entity in leaving)
            entity.Grain.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "Others need the memory."));
        await Task.WhenAll(leaving.Select(entity => entity.Grain.Deactivated));
    }

    private List<ActiveEntity> LeastRecentlyUsed()
    {
        // The time changes while others sort by it.
        var byAge = entities.Select(e => (Entity: e.Key, e.Key.LastUsed)).OrderBy(e => e.LastUsed);
        var (tooMany, tooMuch) = (Count - limits.MaxEntities * EndsAt, Interlocked.Read(ref bytes) - limits.MaxBytes * EndsAt);
        var leaving = new List<ActiveEntity>();
        foreach (var (entity, _) in byAge)
        {
            if (tooMany <= 0 && tooMuch <= 0)
                break;
            leaving.Add(entity);
            tooMany--;
            tooMuch -= entity.Bytes;
        }
        return leaving;
    }
}

/// <summary>One entity in memory.</summary>
internal sealed class ActiveEntity(IGrainContext grain)
{
    private long lastUsed;

    public IGrainContext Grain { get; } = grain;

    public long LastUsed
    {
        get => Volatile.Read(ref lastUsed);
        set => Volatile.Write(ref lastUsed, value);
    }

    public long Bytes { get; set; }
}
