using Planning.Domain;

namespace Planning.Engine.Log;

/// <summary>
/// The truth: per partition one gapless, ordered sequence of events. Positions start at 1 and appear in commit
/// order, so "everything after mine" is a complete read. A workspace lives in exactly one partition.
/// </summary>
public interface IEventLog
{
    /// <summary>
    /// Appends the events of one command, all or none, as versions <c>ExpectedVersion + 1 …</c>. The task ends after
    /// the commit. Cancellation counts until the append is queued; afterwards its outcome is awaited.
    /// Outages are outcomes too (<see cref="AppendOutcome.Unavailable"/>, <see cref="AppendOutcome.Unknown"/>); nothing is thrown for them.
    /// </summary>
    ValueTask<AppendOutcome> AppendAsync(Append append, CancellationToken cancellation);

    /// <summary>The events of one entity after a version, oldest first. Empty for an entity without history.</summary>
    /// <exception cref="LogUnavailableException">The log cannot be read now.</exception>
    ValueTask<IReadOnlyList<StoredEvent>> ReadEntityAsync(EntityKey entity, long afterVersion, CancellationToken cancellation);

    /// <summary>Events of a partition after a position, at most <paramref name="maxEvents"/>, without holes. Fewer where they are large, none only at the head.</summary>
    /// <exception cref="LogUnavailableException">The log cannot be read now.</exception>
    ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(int partition, long afterPosition, int maxEvents, CancellationToken cancellation);

    /// <summary>As <see cref="ReadAsync"/>, of one workspace only; positions are then not gapless.</summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadWorkspaceAsync(WorkspaceId workspace, long afterPosition, int maxEvents, CancellationToken cancellation);

    /// <summary>The last position of a partition; 0 when it is empty.</summary>
    ValueTask<long> HeadAsync(int partition, CancellationToken cancellation);

    int PartitionOf(WorkspaceId workspace);

    /// <summary>How many partitions there are. Stored in the database, never configured.</summary>
    int PartitionCount { get; }

    /// <summary>
    /// Changes when the log may have lost its tail (failover, restore). Cursors carry it; cells drop their state when it changes.
    /// </summary>
    string Epoch { get; }

    /// <summary>Raised after <see cref="Epoch"/> has changed.</summary>
    event Action<string>? EpochChanged;

    /// <summary>
    /// Raised after each commit of this process with the events in order, before callers are answered; and with an
    /// empty list when another process may have written. A hint: a subscriber that misses one reads the log.
    /// </summary>
    event Action<Committed>? EventsCommitted;
}

/// <param name="Partition">Where.</param>
/// <param name="Events">In position order without holes; empty when only "there may be more" is known.</param>
public readonly record struct Committed(int Partition, IReadOnlyList<StoredEvent> Events);

/// <summary>The log cannot be reached or has given up; the same call may succeed later.</summary>
public sealed class LogUnavailableException : Exception
{
    public LogUnavailableException() { }
    public LogUnavailableException(string message) : base(message) { }
    public LogUnavailableException(string message, Exception inner) : base(message, inner) { }
}
