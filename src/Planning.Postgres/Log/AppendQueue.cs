using System.Threading.Channels;
using Planning.Domain;

namespace Planning.Postgres.Log;

/// <summary>
/// What waits for one partition's writer, bounded in items and bytes. What is being written still counts: the bound is
/// on everything that has no outcome yet.
/// </summary>
internal sealed class AppendQueue(EventLogOptions options)
{
    private readonly Channel<PendingAppend> waiting = Channel.CreateUnbounded<PendingAppend>(new() { SingleReader = true });
    private readonly HashSet<EntityKey> inBatch = [];
    private readonly List<PendingAppend> held = [];
    private long pendingBytes;
    private int pendingCount;

    public bool TryAdd(PendingAppend item)
    {
        var count = Interlocked.Increment(ref pendingCount);
        var bytes = Interlocked.Add(ref pendingBytes, item.Bytes);
        item.Leaving = Leave;
        if (count <= options.MaxQueuedAppends && (bytes <= options.MaxQueuedBytes || count == 1) && waiting.Writer.TryWrite(item))
            return true;
        Leave(item);
        return false;
    }

    /// <summary>Takes nothing more; what is queued is still written.</summary>
    public void Close() => waiting.Writer.TryComplete();

    /// <summary>False once the queue is closed and empty.</summary>
    public ValueTask<bool> WaitAsync() => held.Count > 0 ? ValueTask.FromResult(true) : waiting.Reader.WaitToReadAsync();

    /// <summary>
    /// Moves the next batch into <paramref name="batch"/>. An entity is in it at most once: of two appends that decided
    /// on the same version one must lose, and the loser must not undo the batch that its neighbours are in.
    /// </summary>
    public void Take(List<PendingAppend> batch)
    {
        inBatch.Clear();
        var (events, bytes) = (0, 0L);
        for (var i = 0; i < held.Count && Fits(held[i], events, bytes);)
        {
            if (!inBatch.Add(held[i].Append.Entity))
            {
                i++;
                continue;
            }
            Accept(held[i]);
            held.RemoveAt(i);
        }
        // Nobody overtakes an earlier append of the same entity.
        foreach (var later in held)
            inBatch.Add(later.Append.Entity);
        while (waiting.Reader.TryPeek(out var next) && Fits(next, events, bytes))
        {
            waiting.Reader.TryRead(out _);
            if (inBatch.Add(next.Append.Entity))
                Accept(next);
            else
                held.Add(next);
        }

        void Accept(PendingAppend item)
        {
            batch.Add(item);
            events += item.Events;
            bytes += item.Bytes;
        }
    }

    /// <summary>The first always fits.</summary>
    private bool Fits(PendingAppend item, int events, long bytes) =>
        events == 0 || (events + item.Events <= options.MaxBatchEvents && bytes + item.Bytes <= options.MaxBatchBytes);

    private void Leave(PendingAppend item)
    {
        Interlocked.Decrement(ref pendingCount);
        Interlocked.Add(ref pendingBytes, -item.Bytes);
    }
}
