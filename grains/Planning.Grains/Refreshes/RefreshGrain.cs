using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Grains.Snapshots;

namespace Planning.Grains.Refreshes;

[GrainType("refresh")]
public sealed class RefreshGrain(
    [PersistentState(SnapshotState.Name, SnapshotState.Storage)] IPersistentState<SnapshotState> snapshot, CellServices services, ActiveEntities active)
    : EntityGrain(EntityKind.Refresh, snapshot, services, active), IRefreshGrain;
