using System.Text.Json;

namespace Planning.Contracts;

/// <summary>An event in its envelope; schemas/events describes both.</summary>
/// <param name="Type">planning_event; administrative_event for the rulebook, environment_event for shared environments.</param>
/// <param name="Version">Of the envelope's form.</param>
/// <param name="Position">Its place in the workspace's order; not gapless.</param>
public sealed record EventEnvelope(string Type, string Version, EventBody Event, long Position);

/// <param name="Payload">The event's members, entity_id, entity_kind and metadata.</param>
public sealed record EventBody(string Id, DateTimeOffset Timestamp, string Type, JsonElement Payload);

/// <param name="NextPosition">Give it as <c>after</c> to go on.</param>
/// <param name="Epoch">Positions of different epochs are not comparable.</param>
public sealed record EventPage(IReadOnlyList<EventEnvelope> Events, long NextPosition, string Epoch);

/// <summary>Sent on the stream in place of events when the caller's place no longer exists: read anew, then follow on from here.</summary>
public sealed record StreamReset(string Epoch, long Position, string Reason);
