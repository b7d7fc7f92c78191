using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Grains.Snapshots;

namespace Planning.Grains.Gates;

[GrainType("gate_run")]
public sealed class GateRunGrain([PersistentState(SnapshotState.Name, SnapshotState.Storage)] IPersistentState<SnapshotState> snapshot, CellServices services, ActiveEntities active)
    : EntityGrain(EntityKind.GateRun, snapshot, services, active), IGateRunGrain;
