using Orleans.Placement;
using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Grains.Snapshots;

namespace Planning.Grains.Plans;

/// <summary>
/// It is run by the silo to which a gateway hands its first call, and a gateway hands the next ones there, too: that saves
/// passing on each of them.
/// </summary>
[GrainType("plan")]
[PreferLocalPlacement]
public sealed class PlanGrain([PersistentState(SnapshotState.Name, SnapshotState.Storage)] IPersistentState<SnapshotState> snapshot, CellServices services, ActiveEntities active)
    : EntityGrain(EntityKind.Plan, snapshot, services, active), IPlanGrain;
