using System.Text.Json;

namespace Planning.Engine.Log;

/// <summary>What can be stored as an event's data: one JSON object whose texts every reader can represent.</summary>
public static class EventData
{
    /// <summary>Null when the bytes can be stored, else a sentence that says why not.</summary>
    public static string? Problem(ReadOnlySpan<byte> data)
    {
        // PostgreSQL's jsonb refuses NUL and lone surrogates; both can hide in escapes only, since the bytes are UTF-8.
        var reader = new Utf8JsonReader(data);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return "An event's data is a JSON object.";
            do
            {
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
                    continue;
                if (!reader.ValueIsEscaped)
                {
                    if (!System.Text.Unicode.Utf8.IsValid(reader.ValueSpan))
                        return $"The data is not valid UTF-8 near byte {reader.TokenStartIndex}.";
                    continue;
                }
                // Throws for lone surrogates.
                if (reader.GetString()!.Contains('\0', StringComparison.Ordinal))
                    return $"The data holds a NUL character near byte {reader.TokenStartIndex}. Remove it.";
            }
            while (reader.Read());
            return null;
        }
        catch (InvalidOperationException)
        {
            return $"The data holds half of a surrogate pair near byte {reader.TokenStartIndex}. Remove it.";
        }
        catch (JsonException e)
        {
            return $"The data is no JSON: {e.Message}";
        }
    }
}
