using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Environments;
using Planning.Domain.Gates;
using Planning.Domain.Handoff;
using Planning.Domain.Plans;
using Planning.Domain.Refreshes;
using Planning.Domain.Rulebooks;
using Planning.Engine.Json;
using Planning.Engine.Log;

namespace Planning.Engine.Entities;

/// <summary>
/// Events between their C# form and their stored form. A stored type name is the record's name in SCREAMING_SNAKE;
/// the version in the log says which schema in schemas/events the data follows. Old versions are lifted to
/// the present one when they are read, and stay as they are in the log.
/// </summary>
public static class EventCodec
{
    private static readonly FrozenDictionary<string, Type> TypesByName =
        new[]
            {
                typeof(PlanEvent), typeof(GateRunEvent), typeof(ManifestEvent), typeof(CycleEvent), typeof(RulebookEvent), typeof(EnvironmentEvent), typeof(RefreshEvent),
            }
            .SelectMany(family => family.GetNestedTypes(BindingFlags.Public))
            .ToFrozenDictionary(NameOf, type => type);

    private static readonly FrozenDictionary<Type, string> NamesByType = TypesByName.ToFrozenDictionary(t => t.Value, t => t.Key);

    /// <summary>Every stored type name with its C# type.</summary>
    public static IReadOnlyDictionary<string, Type> Types => TypesByName;

    public static string TypeOf(object happened) => NamesByType[happened.GetType()];

    public static NewEvent Encode(object happened, string eventId) => new(
        eventId, NamesByType[happened.GetType()], Upcasters.PresentVersion(NamesByType[happened.GetType()]),
        JsonSerializer.SerializeToUtf8Bytes(happened, happened.GetType(), PlanningJson.Options));

    /// <summary>The event in its present form.</summary>
    /// <exception cref="UnknownEventException">A type or version that this release does not know.</exception>
    public static object Decode(StoredEvent stored)
    {
        if (!TypesByName.TryGetValue(stored.Type, out var type))
            throw new UnknownEventException($"Event {stored.EventId} has the type {stored.Type}, which this release does not know. Run the release that wrote it, or a later one.");
        var data = stored.Data;
        if (stored.SchemaVersion != Upcasters.PresentVersion(stored.Type))
            data = JsonSerializer.SerializeToUtf8Bytes(Upcasters.Lift(stored.Type, stored.SchemaVersion, JsonNode.Parse(data.Span)!.AsObject()));
        return JsonSerializer.Deserialize(data.Span, type, PlanningJson.Options)
            ?? throw new UnknownEventException($"Event {stored.EventId} ({stored.Type}) has no data.");
    }

    private static string NameOf(Type type) => Snake.Case(type.Name).ToUpperInvariant();
}

/// <summary>The log holds an event that this release cannot read.</summary>
public sealed class UnknownEventException : Exception
{
    public UnknownEventException() { }
    public UnknownEventException(string message) : base(message) { }
    public UnknownEventException(string message, Exception inner) : base(message, inner) { }
}
