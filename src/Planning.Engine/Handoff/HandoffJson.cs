using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Planning.Artifacts.Canonical;
using Planning.Engine.Json;

namespace Planning.Engine.Handoff;

/// <summary>
/// JSON of manifests and packs. Stricter than elsewhere, because what is signed must not be read in two ways:
/// an unknown member, a missing one and a null where none belongs are errors.
/// </summary>
internal static class HandoffJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The value's canonical bytes (RFC 8785).</summary>
    public static byte[] Canonical<T>(T value) => CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(value, Options));

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(PlanningJson.Options)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            MaxDepth = CanonicalJson.MaxDepth,
        };
        options.Converters.Insert(0, new UtcTimeConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>One text per moment, ending in Z as the seed's manifests have it; "+00:00" would be a second text for the same moment.</summary>
    private sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
    {
        private const string Form = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString();
            return DateTimeOffset.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time
                : throw new JsonException($"'{text}' is no time in the form 2027-01-15T10:00:00Z.");
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture));
    }
}
