using System.Text.Json;
using System.Text.Json.Serialization;

namespace Planning.Contracts;

/// <summary>Reads an instant only where it says its offset: without one it would be taken for local time of whatever machine the server runs on.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Instants.SaysOffset(reader.GetString()!) && reader.TryGetDateTimeOffset(out var instant)
            ? instant
            : throw new JsonException("An instant reads 2027-01-31T10:00:00Z, with Z or an offset at its end.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>Instants as text.</summary>
public static class Instants
{
    /// <summary>Whether a text ends in Z or in an offset such as +01:00.</summary>
    public static bool SaysOffset(string text) => text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
}
