using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Grains.Snapshots;

namespace Planning.Grains.Handoff;

[GrainType("manifest")]
public sealed class ManifestGrain([PersistentState(SnapshotState.Name, SnapshotState.Storage)] IPersistentState<SnapshotState> snapshot, CellServices services, ActiveEntities active)
    : EntityGrain(EntityKind.Manifest, snapshot, services, active), IManifestGrain;
