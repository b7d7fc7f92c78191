using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Planning.Engine.Log;

/// <summary>
/// Finds what the log could not store before it is queued, so that one caller's bad data never reaches the batch that
/// its neighbours are in.
/// </summary>
public static class AppendCheck
{
    /// <returns>What is wrong, in a sentence for people; null when all is well.</returns>
    public static string? Problem(Append append, AppendLimits limits)
    {
        if (append.Events.Count == 0)
            return "An append needs at least one event.";
        if (append.Events.Count > limits.MaxEventsPerAppend)
            return $"An append has {append.Events.Count} events; {nameof(limits.MaxEventsPerAppend)} is {limits.MaxEventsPerAppend}.";
        if (append.ExpectedVersion < 0)
            return $"The expected version is {append.ExpectedVersion}; versions start at 0.";
        return NameProblem("workspace", append.Entity.Workspace.Value, limits)
            ?? NameProblem("entity id", append.Entity.Id, limits)
            ?? NameProblem("command id", append.CommandId, limits)
            ?? JsonProblem("meta", append.Meta.Span, limits)
            ?? EventProblem(append.Events, limits);
    }

    private static string? EventProblem(IReadOnlyList<NewEvent> events, AppendLimits limits)
    {
        for (var i = 0; i < events.Count; i++)
        {
            var happened = events[i];
            var problem = NameProblem("event id", happened.EventId, limits)
                ?? NameProblem("event type", happened.Type, limits)
                ?? (happened.SchemaVersion < 1 ? $"The schema version of {happened.Type} is {happened.SchemaVersion}; versions start at 1." : null)
                ?? JsonProblem(happened.Type, happened.Data.Span, limits);
            if (problem is not null)
                return problem;
        }
        return null;
    }

    private static string? NameProblem(string what, string? name, AppendLimits limits)
    {
        if (string.IsNullOrEmpty(name))
            return $"The {what} is empty.";
        if (name.Contains('\0', StringComparison.Ordinal))
            return $"The {what} contains a NUL character.";
        if (!Ascii.IsValid(name) && HasLoneSurrogate(name))
            return $"The {what} contains half of a surrogate pair.";
        // Three bytes is the most that one UTF-16 unit becomes.
        if (name.Length * 3 > limits.MaxNameBytes && Encoding.UTF8.GetByteCount(name) > limits.MaxNameBytes)
            return $"The {what} is longer than {nameof(limits.MaxNameBytes)}, {limits.MaxNameBytes} bytes.";
        return null;
    }

    private static string? JsonProblem(string what, ReadOnlySpan<byte> json, AppendLimits limits)
    {
        if (json.Length > limits.MaxDataBytes)
            return $"The data of {what} has {json.Length} bytes; {nameof(limits.MaxDataBytes)} is {limits.MaxDataBytes}.";
        if (!Utf8.IsValid(json))
            return $"The data of {what} is not valid UTF-8.";
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = limits.MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return $"The data of {what} is not a JSON object.";
            do
            {
                if (reader.TokenType is (JsonTokenType.String or JsonTokenType.PropertyName) && reader.ValueIsEscaped && TextProblem(reader.GetString()!) is { } problem)
                    return $"The data of {what} contains {problem}, at byte {reader.TokenStartIndex}.";
            }
            while (reader.Read());
            return null;
        }
        catch (JsonException broken)
        {
            return $"The data of {what} is not valid JSON: {broken.Message}";
        }
        catch (InvalidOperationException)
        {
            // This is how the reader refuses an escaped surrogate without its other half.
            return $"The data of {what} contains half of a surrogate pair.";
        }
    }

    private static string? TextProblem(string text) =>
        text.Contains('\0', StringComparison.Ordinal) ? "a NUL character" : HasLoneSurrogate(text) ? "half of a surrogate pair" : null;

    private static bool HasLoneSurrogate(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != OperationStatus.Done)
                return true;
            rest = rest[length..];
        }
        return false;
    }
}
