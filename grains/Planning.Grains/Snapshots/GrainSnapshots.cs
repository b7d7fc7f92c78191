using Planning.Domain;
using Planning.Engine.Entities;

namespace Planning.Grains.Snapshots;

/// <summary>
/// A cell's snapshots out of its grain's persistent state. Orleans has read it on activation; it is read again only when
/// the cell has dropped its state, as after a conflict.
/// </summary>
internal sealed class GrainSnapshots(IPersistentState<SnapshotState> state) : ISnapshotStore, ISnapshotSink
{
    private bool used;

    public async ValueTask<EntitySnapshot?> LoadAsync(EntityKey entity, int foldVersion, CancellationToken cancellation)
    {
        if (used)
            await state.ReadStateAsync(cancellation);
        used = true;
        return state.State.Snapshot is { } snapshot && snapshot.FoldVersion == foldVersion ? snapshot : null;
    }

    public async ValueTask SaveAsync(IReadOnlyList<EntitySnapshot> snapshots, CancellationToken cancellation)
    {
        state.State.Snapshot = snapshots[^1];
        await state.WriteStateAsync(cancellation);
    }

    public void Offer(EntitySnapshot snapshot)
    {
        state.State.Snapshot = snapshot;
        // The storage hands it on to the writer of snapshots and is done at once; nothing here waits for the database.
        state.WriteStateAsync().Ignore();
    }
}
