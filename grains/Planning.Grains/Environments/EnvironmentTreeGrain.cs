using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Grains.Snapshots;

namespace Planning.Grains.Environments;

[GrainType("environment_tree")]
public sealed class EnvironmentTreeGrain(
    [PersistentState(SnapshotState.Name, SnapshotState.Storage)] IPersistentState<SnapshotState> snapshot, CellServices services, ActiveEntities active)
    : EntityGrain(EntityKind.EnvironmentTree, snapshot, services, active), IEnvironmentTreeGrain;
