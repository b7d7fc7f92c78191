using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Grains.Snapshots;

namespace Planning.Grains.Rulebooks;

[GrainType("rulebook")]
public sealed class RulebookGrain([PersistentState(SnapshotState.Name, SnapshotState.Storage)] IPersistentState<SnapshotState> snapshot, CellServices services, ActiveEntities active)
    : EntityGrain(EntityKind.Rulebook, snapshot, services, active), IRulebookGrain;
