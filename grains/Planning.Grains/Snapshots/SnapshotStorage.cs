using Orleans.Storage;
using Planning.Domain;
using Planning.Engine.Entities;

namespace Planning.Grains.Snapshots;

/// <summary>
/// Orleans' grain storage over the snapshot table. Writes go through the writer of snapshots, which batches them in the
/// background: a silo that leaves with all its grains neither waits for the database nor floods it.
/// </summary>
internal sealed class SnapshotStorage(ISnapshotStore store, ISnapshotSink writer) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var entity = EntityOf(grainId);
        var snapshot = await store.LoadAsync(entity, EntityKinds.FoldVersion, CancellationToken.None);
        var state = new SnapshotState { Snapshot = snapshot };
        grainState.State = (T)(object)state;
        grainState.RecordExists = snapshot is not null;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.State is SnapshotState { Snapshot: { } snapshot })
            writer.Offer(snapshot);
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    /// <summary>A snapshot belongs to a history that is never deleted.</summary>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("Snapshots are only written over.");

    private static EntityKey EntityOf(GrainId grain) => GrainKeys.EntityOf(KindOf(grain.Type.ToString()!), grain.Key.ToString()!);

    private static EntityKind KindOf(string grainType) => grainType switch
    {
        "plan" => EntityKind.Plan,
        "gate_run" => EntityKind.GateRun,
        "manifest" => EntityKind.Manifest,
        "cycle" => EntityKind.Cycle,
        "rulebook" => EntityKind.Rulebook,
        "environment_tree" => EntityKind.EnvironmentTree,
        "refresh" => EntityKind.Refresh,
        _ => throw new NotSupportedException($"Grains of type {grainType} keep no snapshot."),
    };
}
