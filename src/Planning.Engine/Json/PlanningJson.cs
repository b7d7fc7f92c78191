using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Planning.Domain.Plans;

namespace Planning.Engine.Json;

/// <summary>How domain values are written: snake_case, ids as plain strings, states as in the lifecycle, nothing for null.</summary>
public static class PlanningJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DictionaryKeyPolicy = null,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            IgnoreReadOnlyProperties = true,
            // Not HTML: the default encoder would write every letter beyond ASCII as an escape.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter<PlanStatus>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new TypedIdConverterFactory());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
