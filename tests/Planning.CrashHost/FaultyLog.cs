using Planning.Domain;
using Planning.Engine.Log;

namespace Planning.CrashHost;

internal sealed class FaultyLog(IEventLog log, Faults faults, GatesUnderWay gates, LostAcknowledgement? mutant) : IEventLog
{
    public event Action<string>? EpochChanged
    {
        add => log.EpochChanged += value;
        remove => log.EpochChanged -= value;
    }

    public event Action<Committed>? EventsCommitted
    {
        add => log.EventsCommitted += value;
        remove => log.EventsCommitted -= value;
    }

    public int PartitionCount => log.PartitionCount;

    public string Epoch => log.Epoch;

    public async ValueTask<AppendOutcome> AppendAsync(Append append, CancellationToken cancellation)
    {
        if (mutant?.Chooses(append) == true)
            return new AppendOutcome.Committed(await log.HeadAsync(log.PartitionOf(append.Entity.Workspace), cancellation) + append.Events.Count);
        var signs = append.Events.Any(e => e.Type == "MANIFEST_SIGNED");
        faults.Pass(FaultPoints.BeforeCommit);
        if (signs)
            faults.Pass(FaultPoints.InSignature);
        if (append.Events.Any(GatesUnderWay.IsOutcome))
            faults.Pass(FaultPoints.InGateRun);
        var outcome = await log.AppendAsync(append, cancellation);
        if (outcome is AppendOutcome.Committed)
        {
            gates.Committed(append);
            faults.Pass(FaultPoints.AfterCommit);
            if (signs)
                faults.Pass(FaultPoints.InSignature);
            if (append.Events.Any(e => e.Type.StartsWith("REFRESH_", StringComparison.Ordinal) || e.Type.StartsWith("SLOT_", StringComparison.Ordinal)))
                faults.Pass(FaultPoints.InRefresh);
        }
        return outcome;
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEntityAsync(EntityKey entity, long afterVersion, CancellationToken cancellation) =>
        log.ReadEntityAsync(entity, afterVersion, cancellation);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(int partition, long afterPosition, int maxEvents, CancellationToken cancellation) =>
        log.ReadAsync(partition, afterPosition, maxEvents, cancellation);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadWorkspaceAsync(WorkspaceId workspace, long afterPosition, int maxEvents, CancellationToken cancellation) =>
        log.ReadWorkspaceAsync(workspace, afterPosition, maxEvents, cancellation);

    public ValueTask<long> HeadAsync(int partition, CancellationToken cancellation) => log.HeadAsync(partition, cancellation);

    public int PartitionOf(WorkspaceId workspace) => log.PartitionOf(workspace);
}
