using Planning.Engine.Entities;

namespace Planning.Grains.Snapshots;

/// <summary>A grain's persistent state: the snapshot of its entity, the same row that the other host keeps.</summary>
public sealed class SnapshotState
{
    public const string Name = "snapshot";
    public const string Storage = "planning";

    /// <summary>Null for an entity that has none.</summary>
    public EntitySnapshot? Snapshot { get; set; }
}
