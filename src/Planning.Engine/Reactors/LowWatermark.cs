namespace Planning.Engine.Reactors;

/// <summary>Which events are under way, and the last position before which all is done.</summary>
internal sealed class LowWatermark(long stored, long storedAt) : IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim storing = new(1, 1);
    private readonly SortedSet<long> underWay = [];
    private long passed = stored;

    public long Stored { get; private set; } = stored;

    /// <summary>Timestamp of the last store.</summary>
    public long StoredAt { get; private set; } = storedAt;

    /// <summary>Whether a reaction has ended since the last store.</summary>
    public bool HasDone { get; private set; }

    public long Reachable
    {
        get
        {
            lock (gate)
                return underWay.Count == 0 ? passed : underWay.Min - 1;
        }
    }

    public void Dispose() => storing.Dispose();

    public void Begin(long position)
    {
        lock (gate)
        {
            underWay.Add(position);
            passed = Math.Max(passed, position);
        }
    }

    public void End(long position)
    {
        lock (gate)
        {
            underWay.Remove(position);
            HasDone = true;
        }
    }

    public void Passed(long position)
    {
        lock (gate)
            passed = Math.Max(passed, position);
    }

    /// <summary>One store at a time; those who come meanwhile find their position stored with the next.</summary>
    public async Task StoreAsync(Func<long, long, Task> store, TimeProvider time, CancellationToken cancellation)
    {
        await storing.WaitAsync(cancellation);
        try
        {
            var reachable = Reachable;
            if (reachable <= Stored)
                return;
            HasDone = false;
            await store(Stored, reachable);
            (Stored, StoredAt) = (reachable, time.GetTimestamp());
        }
        finally
        {
            storing.Release();
        }
    }
}
