using Planning.Engine.Entities;

namespace Planning.InProcess;

/// <summary>One entity and its queue: callers enter one at a time, in the order in which they came.</summary>
internal sealed class Mailbox(IEntityCell cell) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private int callers;
    private long lastUsed;

    public IEntityCell Cell => cell;

    /// <summary>Timestamp of <see cref="TimeProvider.GetTimestamp"/> when somebody last entered.</summary>
    public long LastUsed => Volatile.Read(ref lastUsed);

    /// <summary>False when the mailbox has been taken out of memory; the caller gets a new one.</summary>
    public bool TryEnter()
    {
        for (var seen = Volatile.Read(ref callers); seen >= 0; seen = Volatile.Read(ref callers))
        {
            if (Interlocked.CompareExchange(ref callers, seen + 1, seen) == seen)
                return true;
        }
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref callers);

    /// <summary>Takes the mailbox out of use if nobody is inside or waiting.</summary>
    public bool TryRetire() => Interlocked.CompareExchange(ref callers, int.MinValue, 0) == 0;

    public async ValueTask<T> RunAsync<T>(Func<IEntityCell, ValueTask<T>> work, long now, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        Volatile.Write(ref lastUsed, now);
        try
        {
            return await work(cell);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
