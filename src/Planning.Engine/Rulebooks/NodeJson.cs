using System.Buffers;
using System.Text;
using System.Text.Json;
using Planning.Artifacts.Documents;

namespace Planning.Engine.Rulebooks;

/// <summary>Writes a node as JSON text.</summary>
public static class NodeJson
{
    public static string Write(DocumentNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(node, writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(DocumentNode node, Utf8JsonWriter writer)
    {
        switch (node.Kind)
        {
            case NodeKind.Mapping:
                writer.WriteStartObject();
                foreach (var entry in node.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    Write(entry.Value, writer);
                }
                writer.WriteEndObject();
                break;
            case NodeKind.Sequence:
                writer.WriteStartArray();
                foreach (var item in node.Elements)
                    Write(item, writer);
                writer.WriteEndArray();
                break;
            default:
                WriteScalar(node, writer);
                break;
        }
    }

    private static void WriteScalar(DocumentNode node, Utf8JsonWriter writer)
    {
        if (node.AsInt64 is { } whole)
            writer.WriteNumberValue(whole);
        else if (node.AsDouble is { } number && double.IsFinite(number))
            writer.WriteNumberValue(number);
        else if (node.Kind is NodeKind.Integer or NodeKind.Number)
            writer.WriteStringValue(node.Text);
        else if (node.AsBoolean is { } truth)
            writer.WriteBooleanValue(truth);
        else if (node.AsString is { } text)
            writer.WriteStringValue(text);
        else
            writer.WriteNullValue();
    }
}
