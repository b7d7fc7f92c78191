using System.Threading.Channels;
using Planning.Domain;

namespace Planning.Postgres.Log;

/// <summary>
/// What waits for one partition's writer, bounded in items and bytes. What is being written still counts: the bound is
/// on everything that has no outcome yet.
/// </summary>
internal sealed class AppendQueue(EventLogOptions options)
{
    private readonly Channel<PendingAppend> _waiting = Channel.CreateUnbounded<PendingAppend>(new() { SingleReader = true });
    private readonly HashSet<EntityKey> _inBatch = [];
    private readonly List<PendingAppend> _held = [];
    private long _bytes;
    private int _count;

    public bool TryAdd(PendingAppend item)
    {
        var count = Interlocked.Increment(ref _count);
        var bytes = Interlocked.Add(ref _bytes, item.Bytes);
        if (count <= options.MaxQueuedAppends && (bytes <= options.MaxQueuedBytes || count == 1) && _waiting.Writer.TryWrite(item))
            return true;
        Done(item);
        return false;
    }

    /// <summary>Takes nothing more; what is queued is still written.</summary>
    public void Close() => _waiting.Writer.TryComplete();

    /// <summary>False once the queue is closed and empty.</summary>
    public ValueTask<bool> WaitAsync() => _held.Count > 0 ? ValueTask.FromResult(true) : _waiting.Reader.WaitToReadAsync();

    /// <summary>
    /// Moves the next batch into <paramref name="batch"/>. An entity is in it at most once: of two appends that decided
    /// on the same version one must lose, and the loser must not undo the batch that its neighbours are in.
    /// </summary>
    public void Take(List<PendingAppend> batch)
    {
        _inBatch.Clear();
        var (events, bytes) = (0, 0L);
        for (var i = 0; i < _held.Count && Fits(_held[i], events, bytes);)
        {
            if (!_inBatch.Add(_held[i].Append.Entity))
            {
                i++;
                continue;
            }
            Accept(_held[i]);
            _held.RemoveAt(i);
        }
        // Nobody overtakes an earlier append of the same entity.
        foreach (var held in _held)
            _inBatch.Add(held.Append.Entity);
        while (_waiting.Reader.TryPeek(out var next) && Fits(next, events, bytes))
        {
            _waiting.Reader.TryRead(out _);
            if (_inBatch.Add(next.Append.Entity))
                Accept(next);
            else
                _held.Add(next);
        }

        void Accept(PendingAppend item)
        {
            batch.Add(item);
            events += item.Events;
            bytes += item.Bytes;
        }
    }

    /// <summary>An item has its outcome.</summary>
    public void Done(PendingAppend item)
    {
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -item.Bytes);
    }

    /// <summary>The first always fits.</summary>
    private bool Fits(PendingAppend item, int events, long bytes) =>
        events == 0 || (events + item.Events <= options.MaxBatchEvents && bytes + item.Bytes <= options.MaxBatchBytes);
}
