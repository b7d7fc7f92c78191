using Planning.Domain;
using Planning.Engine.Log;
using Planning.Engine.Workspaces;

namespace Planning.Grains.Workspaces;

/// <summary>Committed events of one workspace on its stream.</summary>
/// <param name="Previous">Position of the workspace's event before these; null where the sender does not know it.</param>
[GenerateSerializer, Immutable, Alias("planning.events")]
public sealed record EventsMessage(
    [property: Id(0)] string Epoch, [property: Id(1)] int Partition, [property: Id(2)] long? Previous, [property: Id(3)] EventMessage[] Events)
{
    public static EventsMessage Of(string epoch, long? previous, IReadOnlyList<StoredEvent> events) =>
        new(epoch, events[0].Partition, previous, [.. events.Select(EventMessage.Of)]);

    public WorkspaceEvents To(WorkspaceId workspace) => new(Epoch, Previous, [.. Events.Select(e => e.To(workspace, Partition))]);
}

/// <summary>One of them; the workspace is the stream's.</summary>
/// <param name="Data">As in the log: UTF-8 JSON.</param>
[GenerateSerializer, Immutable, Alias("planning.event")]
public sealed record EventMessage(
    [property: Id(0)] long Position, [property: Id(1)] EntityKind Kind, [property: Id(2)] string Entity, [property: Id(3)] long Version, [property: Id(4)] string EventId,
    [property: Id(5)] string Type, [property: Id(6)] int SchemaVersion, [property: Id(7)] byte[] Data, [property: Id(8)] byte[] Meta,
    [property: Id(9)] string CommandId, [property: Id(10)] long CommandHash, [property: Id(11)] DateTimeOffset At)
{
    public static EventMessage Of(StoredEvent e) => new(
        e.Position, e.Entity.Kind, e.Entity.Id, e.Version, e.EventId, e.Type, e.SchemaVersion, e.Data.ToArray(), e.Meta.ToArray(), e.CommandId, e.CommandHash, e.At);

    public StoredEvent To(WorkspaceId workspace, int partition) => new(
        partition, Position, new EntityKey(workspace, Kind, Entity), Version, EventId, Type, SchemaVersion, Data, Meta, CommandId, CommandHash, At);
}
