using Planning.Engine.Audit;
using Planning.Engine.Blobs;
using Planning.Engine.Digests;
using Planning.Engine.Entities;
using Planning.Engine.Gates.Kept;
using Planning.Engine.Leases;
using Planning.Engine.Log;
using Planning.Engine.Notifications;
using Planning.Engine.People;
using Planning.Engine.Pump;
using Planning.Engine.Reads;
using Planning.Engine.Timers;
using Planning.Engine.Trackers;

namespace Planning.Engine;

/// <summary>Everything that outlives the process, behind its ports: in memory for tests, on PostgreSQL elsewhere.</summary>
/// <param name="Projections">Consumers that keep the backend's own tables behind the log.</param>
public sealed record Backend(
    IEventLog Log,
    IBlobStore Blobs,
    ISnapshotStore Snapshots,
    ITimerStore Timers,
    ILease Lease,
    IConsumerPositions Positions,
    IDirectory Directory,
    IReadModels Reads,
    IDigestStore Digests,
    ISecurityAudit Audit,
    INotificationStore Notifications,
    ITrackerLinks TrackerLinks,
    IGateResults GateResults,
    IReadOnlyList<IEventConsumer> Projections);
