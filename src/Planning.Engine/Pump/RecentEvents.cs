using Planning.Engine.Log;

namespace Planning.Engine.Pump;

/// <summary>How much of each partition's tail is kept.</summary>
public sealed record RecentOptions
{
    /// <summary>The last events of each partition that stay in memory. Default 50,000.</summary>
    public int MaxEvents { get; init; } = 50_000;

    /// <summary>Bytes of data and meta of these events; 0 keeps none. Default 64 MiB.</summary>
    public long MaxBytes { get; init; } = 64L << 20;

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        MaxEvents is < 1 or > 10_000_000 ? $"{nameof(MaxEvents)} is {MaxEvents}; it must be from 1 to 10,000,000."
        : MaxBytes < 0 ? $"{nameof(MaxBytes)} must not be negative."
        : null;
}

/// <summary>
/// The tail of each partition in memory, as this process committed or read it, so that consumers seldom read the database:
/// where other processes write, too, what one consumer reads serves all of them. A reader whose position is not covered
/// reads the log instead; nothing here is ever the only copy.
/// </summary>
public sealed class RecentEvents : IDisposable
{
    private readonly IEventLog log;
    private readonly TimeProvider time;
    private readonly Tail[] tails;

    public RecentEvents(IEventLog log, RecentOptions options, TimeProvider time)
    {
        this.log = log;
        this.time = time;
        tails = [.. Enumerable.Range(0, log.PartitionCount).Select(_ => new Tail(options))];
        log.EventsCommitted += OnCommitted;
        log.EpochChanged += OnEpochChanged;
    }

    /// <summary>Events after a position, from memory where they are, else from the log.</summary>
    /// <param name="look">Whether to look into the log even when memory says that there is nothing more.</param>
    public async ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(int partition, long after, int max, bool look, CancellationToken cancellation)
    {
        var tail = tails[partition];
        return tail.TryRead(after, max, look)
            ?? (tail.EndsBefore(after) ? await tail.ExtendAsync(log, partition, after, max, look, cancellation) : await log.ReadAsync(partition, after, max, cancellation));
    }

    /// <summary>Ends when there is, or may be, something after the position, or after the time-out.</summary>
    /// <returns>Whether the log itself must be looked into: another process may have written.</returns>
    public async Task<bool> WaitBeyondAsync(int partition, long position, TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            return await tails[partition].SignalBeyond(position).WaitAsync(timeout, time, cancellation);
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    public void Dispose()
    {
        log.EventsCommitted -= OnCommitted;
        log.EpochChanged -= OnEpochChanged;
        foreach (var tail in tails)
            tail.Dispose();
    }

    private void OnCommitted(Committed committed) => tails[committed.Partition].Add(committed.Events);

    private void OnEpochChanged(string epoch)
    {
        foreach (var tail in tails)
            tail.Clear();
    }

    /// <summary>A ring of consecutive positions.</summary>
    private sealed class Tail(RecentOptions options) : IDisposable
    {
        private readonly Lock gate = new();
        private readonly SemaphoreSlim extending = new(1, 1);
        private readonly StoredEvent?[] ring = new StoredEvent?[options.MaxEvents];
        private long first = 1;
        private long last;

        /// <summary>Committed here, but not kept, because what other processes wrote before it is missing.</summary>
        private long beyond;

        private long bytes;
        private TaskCompletionSource<bool> more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Add(IReadOnlyList<StoredEvent> events)
        {
            TaskCompletionSource<bool> wake;
            lock (gate)
            {
                // A gap means that another process wrote in between: whoever reads next brings what is missing.
                if (events.Count > 0 && last > 0 && events[0].Position > last + 1)
                    beyond = events[^1].Position;
                else
                    Keep(events);
                (wake, more) = (more, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
            }
            wake.TrySetResult(events.Count == 0);
        }

        /// <summary>Whether what follows the position would follow all that is kept, or lie beyond it.</summary>
        public bool EndsBefore(long after)
        {
            lock (gate)
                return after >= last;
        }

        /// <summary>Reads what follows the position, once for all who wait for it, and keeps it.</summary>
        public async ValueTask<IReadOnlyList<StoredEvent>> ExtendAsync(IEventLog log, int partition, long after, int max, bool look, CancellationToken cancellation)
        {
            await extending.WaitAsync(cancellation);
            try
            {
                if (TryRead(after, max, look) is { } known)
                    return known;
                var events = await log.ReadAsync(partition, after, max, cancellation);
                lock (gate)
                    Keep(events);
                return events;
            }
            finally
            {
                extending.Release();
            }
        }

        public void Dispose() => extending.Dispose();

        public void Clear()
        {
            lock (gate)
            {
                StartAt(1);
                beyond = 0;
            }
        }

        public IReadOnlyList<StoredEvent>? TryRead(long after, int max, bool look)
        {
            lock (gate)
            {
                if (!look && last > 0 && after == last && beyond <= last)
                    return [];
                if (after + 1 < first || after >= last)
                    return null;
                var events = new StoredEvent[(int)Math.Min(max, last - after)];
                for (var i = 0; i < events.Length; i++)
                    events[i] = ring[(after + 1 + i) % ring.Length]!;
                return events;
            }
        }

        public Task<bool> SignalBeyond(long position)
        {
            lock (gate)
                return Math.Max(last, beyond) > position ? Task.FromResult(false) : more.Task;
        }

        private void Keep(IReadOnlyList<StoredEvent> events)
        {
            foreach (var e in events)
            {
                if (e.Position <= last)
                    continue;
                if (e.Position != last + 1)
                    StartAt(e.Position);
                if (e.Position - first == ring.Length)
                    DropFirst();
                last = e.Position;
                ring[last % ring.Length] = e;
                bytes += Size(e);
                while (bytes > options.MaxBytes)
                    DropFirst();
            }
        }

        private void StartAt(long position)
        {
            Array.Clear(ring);
            (first, last, bytes) = (position, position - 1, 0);
        }

        private void DropFirst()
        {
            ref var oldest = ref ring[first++ % ring.Length];
            bytes -= Size(oldest!);
            oldest = null;
        }

        private static long Size(StoredEvent e) => e.Data.Length + e.Meta.Length;
    }
}
