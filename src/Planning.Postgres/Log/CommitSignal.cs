using Microsoft.Extensions.Logging;
using Planning.Engine.Log;

namespace Planning.Postgres.Log;

/// <summary>Tells this process of commits, its own with their events and others' without.</summary>
internal sealed partial class CommitSignal(int partitions, ILogger logger)
{
    private readonly long[] lastKnown = new long[partitions];

    /// <summary>For subscribers of the log.</summary>
    public event Action<Committed>? Raised;

    /// <summary>After each commit of this process: other processes must hear of it.</summary>
    public event Action<int>? CommittedHere;

    public void Committed(int partition, IReadOnlyList<PendingAppend> batch, long before)
    {
        Volatile.Write(ref lastKnown[partition], before + batch.Sum(item => item.Events));
        CommittedHere?.Invoke(partition);
        if (Raised is { } raised)
            Raise(raised, new Committed(partition, Events(partition, batch, before)));
    }

    /// <summary>There may be events that this process has not seen.</summary>
    public void Elsewhere(int partition)
    {
        if (Raised is { } raised)
            Raise(raised, new Committed(partition, []));
    }

    /// <summary>A head was read: news only when somebody else has moved it.</summary>
    public void HeadSeen(int partition, long position)
    {
        if (Interlocked.Exchange(ref lastKnown[partition], position) != position)
            Elsewhere(partition);
    }

    private static StoredEvent[] Events(int partition, IReadOnlyList<PendingAppend> batch, long before)
    {
        var events = new StoredEvent[batch.Sum(item => item.Events)];
        var next = 0;
        foreach (var item in batch)
        {
            for (var i = 0; i < item.Events; i++, next++)
                events[next] = StoredEvent.Of(item.Append, i, partition, before + 1 + next);
        }
        return events;
    }

    /// <summary>A subscriber that fails keeps neither the writer nor the other subscribers from going on.</summary>
    private void Raise(Action<Committed> raised, Committed committed)
    {
        foreach (var subscriber in Delegate.EnumerateInvocationList(raised))
        {
            try
            {
                subscriber(committed);
            }
            catch (Exception failure)
            {
                LogSubscriberFailed(failure, committed.Partition);
            }
        }
    }

    [LoggerMessage(2010, LogLevel.Error, "A subscriber of commits failed, at partition {Partition}; it will find the events when it reads the log")]
    private partial void LogSubscriberFailed(Exception failure, int partition);
}
