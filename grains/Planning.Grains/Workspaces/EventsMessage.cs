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

/// <summary>One of them, as far as a fold looks at it; the workspace is the stream's.</summary>
/// <param name="Data">As in the log: UTF-8 JSON.</param>
[GenerateSerializer, Immutable, Alias("planning.event")]
public sealed record EventMessage(
    [property: Id(0)] long Position, [property: Id(1)] int Kind, [property: Id(2)] string Entity, [property: Id(3)] long Version, [property: Id(4)] string EventId,
    [property: Id(5)] string Type, [property: Id(6)] int SchemaVersion, [property: Id(7)] byte[] Data, [property: Id(8)] long AtTicks)
{
    public static EventMessage Of(StoredEvent e) => new(
        e.Position, (int)e.Entity.Kind, e.Entity.Id, e.Version, e.EventId, e.Type, e.SchemaVersion, e.Data.ToArray(), e.At.UtcTicks);

    /// <summary>Without what only the log needs: meta and command.</summary>
    public StoredEvent To(WorkspaceId workspace, int partition) => new(
        partition, Position, new EntityKey(workspace, (EntityKind)Kind, Entity), Version, EventId, Type, SchemaVersion, Data, ReadOnlyMemory<byte>.Empty, "", 0,
        new DateTimeOffset(AtTicks, TimeSpan.Zero));
}
