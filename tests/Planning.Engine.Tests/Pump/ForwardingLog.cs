using Planning.Domain;
using Planning.Engine.Log;

namespace Planning.Engine.Tests.Pump;

/// <summary>Another log, for a test to change one thing about.</summary>
internal abstract class ForwardingLog(IEventLog log) : IEventLog
{
    public virtual event Action<string>? EpochChanged { add => log.EpochChanged += value; remove => log.EpochChanged -= value; }

    public virtual event Action<Committed>? EventsCommitted { add => log.EventsCommitted += value; remove => log.EventsCommitted -= value; }

    public int PartitionCount => log.PartitionCount;

    public virtual string Epoch => log.Epoch;

    public int PartitionOf(WorkspaceId workspace) => log.PartitionOf(workspace);

    public ValueTask<AppendOutcome> AppendAsync(Append append, CancellationToken cancellation) => log.AppendAsync(append, cancellation);

    public virtual ValueTask<IReadOnlyList<StoredEvent>> ReadEntityAsync(EntityKey entity, long afterVersion, CancellationToken cancellation) =>
        log.ReadEntityAsync(entity, afterVersion, cancellation);

    public virtual ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(int partition, long afterPosition, int maxEvents, CancellationToken cancellation) =>
        log.ReadAsync(partition, afterPosition, maxEvents, cancellation);

    public virtual ValueTask<IReadOnlyList<StoredEvent>> ReadWorkspaceAsync(WorkspaceId workspace, long afterPosition, int maxEvents, CancellationToken cancellation) =>
        log.ReadWorkspaceAsync(workspace, afterPosition, maxEvents, cancellation);

    public ValueTask<long> HeadAsync(int partition, CancellationToken cancellation) => log.HeadAsync(partition, cancellation);
}
