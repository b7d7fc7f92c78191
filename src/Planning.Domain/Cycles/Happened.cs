namespace Planning.Domain.Cycles;

/// <summary>An event of a workspace as a fold over many entities sees it.</summary>
/// <param name="Position">Place in the workspace's order.</param>
/// <param name="At">When it was recorded, UTC.</param>
/// <param name="Event">An event record of the entity's domain type.</param>
public sealed record Happened(string EventId, long Position, DateTimeOffset At, EntityKey Entity, object Event)
{
    public EventRef Ref => new(Position, EventId);
}

/// <summary>Names one event as the source of a fact.</summary>
public readonly record struct EventRef(long Position, string EventId);
