using Planning.Engine.Reads;

namespace Planning.Postgres.Reads;

/// <summary>What the projection knows of an entity after a batch.</summary>
/// <param name="Fold">Null while the entity waits behind an event that is parked.</param>
/// <param name="Written">The plan's row as it stands in the tables, where this process wrote it.</param>
/// <param name="Bytes">Of the events behind it.</param>
internal sealed record Tracked(EntityFold? Fold, PlanRow? Written, long Bytes)
{
    public static Tracked Nothing { get; } = new(null, null, 0);

    public static Tracked Stuck { get; } = new(null, null, 0);

    /// <summary>Whether the event is the one after the last that was folded in.</summary>
    public bool ComesBefore(long version) => Fold?.Version == version - 1;
}
