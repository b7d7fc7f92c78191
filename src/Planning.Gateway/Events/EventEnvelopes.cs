using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Gateway.Events;

/// <summary>
/// Writes stored events in their envelope. The event's own JSON is copied, not parsed: what was stored goes out member by
/// member, with the entity's id and kind before and who did it behind. Old versions are lifted to the present one first.
/// </summary>
internal static class EventEnvelopes
{
    public const string PlanningEvent = "planning_event";
    public const string AdministrativeEvent = "administrative_event";
    public const string EnvironmentEvent = "environment_event";

    /// <summary>The types that a filter may name.</summary>
    public static bool IsKnown(string type) => EventCodec.Types.ContainsKey(type);

    public static void Write(IBufferWriter<byte> output, StoredEvent e)
    {
        output.Write("{\"type\":\""u8);
        Text(output, TypeOf(e.Entity.Kind));
        output.Write("\",\"version\":\"1.0.0\",\"event\":{\"id\":\""u8);
        Escaped(output, e.EventId);
        output.Write("\",\"timestamp\":\""u8);
        Text(output, e.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        output.Write("\",\"type\":\""u8);
        Escaped(output, e.Type);
        output.Write("\",\"payload\":{\"entity_id\":\""u8);
        Escaped(output, e.Entity.Id);
        output.Write("\",\"entity_kind\":\""u8);
        Text(output, Snake.Case(e.Entity.Kind.ToString()));
        output.Write("\""u8);
        Members(output, Lifted(e));
        output.Write(",\"metadata\":{\"entity_version\":"u8);
        Number(output, e.Version);
        output.Write(",\"command_id\":\""u8);
        Escaped(output, e.CommandId);
        output.Write("\""u8);
        Members(output, e.Meta.Span);
        output.Write("}}},\"position\":"u8);
        Number(output, e.Position);
        output.Write("}"u8);
    }

    private static string TypeOf(EntityKind kind) => kind switch
    {
        EntityKind.Rulebook => AdministrativeEvent,
        EntityKind.EnvironmentTree or EntityKind.Refresh => EnvironmentEvent,
        _ => PlanningEvent,
    };

    /// <summary>The members of a JSON object, each after a comma; nothing for an empty one.</summary>
    private static void Members(IBufferWriter<byte> output, ReadOnlySpan<byte> jsonObject)
    {
        var inner = jsonObject[(jsonObject.IndexOf((byte)'{') + 1)..jsonObject.LastIndexOf((byte)'}')].Trim(" \t\r\n"u8);
        if (inner.IsEmpty)
            return;
        output.Write(","u8);
        output.Write(inner);
    }

    private static ReadOnlySpan<byte> Lifted(StoredEvent e) => e.SchemaVersion == Upcasters.PresentVersion(e.Type)
        ? e.Data.Span
        : JsonSerializer.SerializeToUtf8Bytes(Upcasters.Lift(e.Type, e.SchemaVersion, JsonNode.Parse(e.Data.Span)!.AsObject()));

    private static void Text(IBufferWriter<byte> output, string text) => output.Advance(Encoding.UTF8.GetBytes(text, output.GetSpan(text.Length * 3)));

    private static void Escaped(IBufferWriter<byte> output, string text) => output.Write(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);

    private static void Number(IBufferWriter<byte> output, long number)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(20), out var written);
        output.Advance(written);
    }
}
