using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Grains.Snapshots;

namespace Planning.Grains.Cycles;

[GrainType("cycle")]
public sealed class CycleGrain([PersistentState(SnapshotState.Name, SnapshotState.Storage)] IPersistentState<SnapshotState> snapshot, CellServices services, ActiveEntities active)
    : EntityGrain(EntityKind.Cycle, snapshot, services, active), ICycleGrain;
