using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Engine.Reads;

/// <summary>An entity as lists know it: its state, when and where in the log it began, and when it last changed.</summary>
/// <param name="CreatedPosition">Of its first event. It never changes, so lists are ordered and paged by it.</param>
/// <param name="ExecutedPosition">Of the event that last moved a plan to EXECUTED; null before, and for other kinds.</param>
public sealed record EntityFold(
    object State, long Version, long Position, long CreatedPosition, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long? ExecutedPosition)
{
    /// <param name="before">Null for an entity without history.</param>
    /// <param name="happened">The stored event, decoded.</param>
    public static EntityFold Next(EntityFold? before, StoredEvent stored, object happened)
    {
        var executed = happened is PlanEvent.StateTransition { Outcome: TransitionOutcome.Moved, ToState: PlanStatus.Executed };
        return new(
            EntityKinds.Evolve(stored.Entity.Kind, before?.State, happened),
            stored.Version,
            stored.Position,
            before?.CreatedPosition ?? stored.Position,
            before?.CreatedAt ?? stored.At,
            stored.At,
            executed ? stored.Position : before?.ExecutedPosition);
    }
}
