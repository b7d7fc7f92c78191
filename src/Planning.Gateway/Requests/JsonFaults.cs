using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Planning.Contracts;
using Planning.Gateway.Errors;

namespace Planning.Gateway.Requests;

/// <summary>Says why a body could not be read. Runs only when reading has failed, so it may take its time.</summary>
internal static class JsonFaults
{
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    public static ProblemResult Explain(ReadOnlySpan<byte> utf8, JsonException failure, JsonTypeInfo type, int maxDepth) =>
        Structure(utf8, maxDepth) ?? Values(utf8, failure, type);

    /// <exception cref="JsonException">It is no JSON, or nests too deep.</exception>
    public static bool HasNullInList(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        var lists = new Stack<bool>();
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    lists.Push(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    lists.Pop();
                    break;
                case JsonTokenType.Null when lists.TryPeek(out var inList) && inList:
                    return true;
                default:
                    break;
            }
        }
        return false;
    }

    /// <summary>Grammar, depth and doubled keys.</summary>
    private static ProblemResult? Structure(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        var keys = new Stack<HashSet<string>>();
        var reader = new Utf8JsonReader(utf8, AnyDepth);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= maxDepth)
                    return Problems.BadRequest("json_too_deep", $"The body nests deeper than max_json_depth = {maxDepth} at {Place.Of(utf8, (int)reader.TokenStartIndex)}.");
                if (reader.TokenType == JsonTokenType.StartObject)
                    keys.Push(new HashSet<string>(StringComparer.Ordinal));
                else if (reader.TokenType == JsonTokenType.EndObject)
                    keys.Pop();
                else if (reader.TokenType == JsonTokenType.PropertyName && !keys.Peek().Add(reader.GetString()!))
                    return Problems.BadRequest("duplicate_key", $"The key '{reader.GetString()}' stands twice, again at {Place.Of(utf8, (int)reader.TokenStartIndex)}. Keep one.");
            }
            return null;
        }
        catch (JsonException e)
        {
            var place = Place.Of((e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1);
            return Problems.BadRequest("malformed_json", $"The body is no JSON: it breaks at {place}. Mend it there.");
        }
    }

    /// <summary>Every field that is unknown, missing or of the wrong form, at once.</summary>
    private static ProblemResult Values(ReadOnlySpan<byte> utf8, JsonException failure, JsonTypeInfo type)
    {
        using var document = JsonDocument.Parse(utf8.ToArray());
        var errors = new List<ProblemError>();
        Check(document.RootElement, type, "", errors);
        if (errors.Count == 0)
            errors.Add(new ProblemError("invalid_value", $"The value at {failure.Path} does not fit.", failure.Path));
        return errors.Count == 1
            ? Problems.Unprocessable(errors[0].Code, errors[0].Message, errors)
            : Problems.Unprocessable(errors[0].Code, $"{errors.Count} fields are wrong; the first: {errors[0].Message}", errors);
    }

    private static void Check(JsonElement value, JsonTypeInfo type, string path, List<ProblemError> errors)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when value.ValueKind == JsonValueKind.Object:
                CheckObject(value, type, path, errors);
                break;
            case JsonTypeInfoKind.Enumerable when value.ValueKind == JsonValueKind.Array:
                foreach (var (item, i) in value.EnumerateArray().Select((item, i) => (item, i)))
                    Check(item, type.Options.GetTypeInfo(type.ElementType!), $"{path}/{i}", errors);
                break;
            case JsonTypeInfoKind.Dictionary when value.ValueKind == JsonValueKind.Object:
                foreach (var entry in value.EnumerateObject())
                    Check(entry.Value, type.Options.GetTypeInfo(type.ElementType!), $"{path}/{entry.Name}", errors);
                break;
            default:
                if (!Fits(value, type))
                    errors.Add(new ProblemError("invalid_value", $"{Named(path)} must be {Expected(type.Type)}.", path));
                break;
        }
    }

    private static void CheckObject(JsonElement value, JsonTypeInfo type, string path, List<ProblemError> errors)
    {
        foreach (var entry in value.EnumerateObject())
        {
            var member = type.Properties.FirstOrDefault(p => p.Name == entry.Name);
            if (member is null)
                errors.Add(new ProblemError("unknown_field", $"There is no field '{entry.Name}' here; there are {string.Join(", ", type.Properties.Select(p => p.Name))}.", $"{path}/{entry.Name}"));
            else if (entry.Value.ValueKind != JsonValueKind.Null)
                Check(entry.Value, type.Options.GetTypeInfo(member.PropertyType), $"{path}/{entry.Name}", errors);
            else if (member.AssociatedParameter is { IsNullable: false })
                errors.Add(new ProblemError("invalid_value", $"'{entry.Name}' is null, which it cannot be. Give it a value, or leave it out.", $"{path}/{entry.Name}"));
        }
        foreach (var missing in type.Properties.Where(p => p.AssociatedParameter is { HasDefaultValue: false } && !value.TryGetProperty(p.Name, out _)))
            errors.Add(new ProblemError("missing_field", $"The field '{missing.Name}' is missing. Give it.", $"{path}/{missing.Name}"));
    }

    private static bool Fits(JsonElement value, JsonTypeInfo type)
    {
        try
        {
            return value.Deserialize(type) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Named(string path) => path.Length == 0 ? "The body" : $"'{path[1..].Replace('/', '.')}'";

    private static string Expected(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => "a string",
        var t when t == typeof(int) || t == typeof(long) => "a whole number",
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(DateOnly) => "a date such as \"2027-01-31\"",
        var t when t == typeof(TimeOnly) => "a time of day such as \"22:00:00\"",
        var t when t == typeof(DateTimeOffset) => "a time such as \"2027-01-31T10:00:00Z\", with Z or an offset at its end",
        var t when t != typeof(string) && typeof(System.Collections.IEnumerable).IsAssignableFrom(t) && !t.IsGenericType => "a list",
        var t when t.IsGenericType && t.GetGenericArguments().Length == 1 => "a list",
        _ => "an object",
    };
}
