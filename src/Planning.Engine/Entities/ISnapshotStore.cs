using Planning.Domain;

namespace Planning.Engine.Entities;

/// <summary>Folded states, kept so that a long history need not be read whole. They can be thrown away at any time.</summary>
public interface ISnapshotStore
{
    /// <summary>Null where there is none of this fold version, or where it cannot be read now.</summary>
    ValueTask<EntitySnapshot?> LoadAsync(EntityKey entity, int foldVersion, CancellationToken cancellation);

    /// <summary>Each is written only if it is newer than the one that is there.</summary>
    ValueTask SaveAsync(IReadOnlyList<EntitySnapshot> snapshots, CancellationToken cancellation);
}

/// <param name="FoldVersion">Raised whenever a state's shape or fold changes; other versions are ignored.</param>
/// <param name="State">UTF-8 JSON: the state and the command ids it has seen.</param>
public sealed record EntitySnapshot(EntityKey Entity, int FoldVersion, long Version, ReadOnlyMemory<byte> State);
