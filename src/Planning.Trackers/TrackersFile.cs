using System.Text.Json;
using System.Text.Json.Serialization;
using Planning.Domain.Refreshes;

namespace Planning.Trackers;

/// <summary>
/// Trackers in a JSON file: an array of <see cref="TrackerOptions"/> in snake_case. It holds secrets; only the server's user should be able to read it.
/// docs/trackers.md has one to begin with.
/// </summary>
public static class TrackersFile
{
    private static readonly JsonSerializerOptions Form = Create();

    /// <exception cref="TrackersFileException">It cannot be read, or a tracker in it cannot work; says which and why.</exception>
    public static IReadOnlyList<TrackerOptions> Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrackersFileException($"The trackers cannot be read from '{path}': {e.Message}", e);
        }
        catch (TrackersFileException e)
        {
            throw new TrackersFileException($"{path}: {e.Message}", e);
        }
    }

    /// <exception cref="TrackersFileException">See <see cref="Read"/>.</exception>
    public static IReadOnlyList<TrackerOptions> Parse(ReadOnlySpan<byte> json)
    {
        IReadOnlyList<TrackerOptions>? trackers;
        try
        {
            trackers = JsonSerializer.Deserialize<TrackerOptions[]>(json, Form);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or UriFormatException)
        {
            throw new TrackersFileException($"It is no array of trackers: {e.Message}", e);
        }
        if (trackers is null || trackers.Contains(null!))
            throw new TrackersFileException("It is an array of trackers, and none of them is null.");
        foreach (var tracker in trackers)
        {
            if (tracker.Problem() is { } problem)
                throw new TrackersFileException(problem);
        }
        return trackers.GroupBy(t => t.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new TrackersFileException($"Two trackers have the id '{twice.Key}'. Give one of them another.")
            : trackers;
    }

    private static JsonSerializerOptions Create()
    {
        var form = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
        };
        form.Converters.Add(new JsonStringEnumConverter<RefreshStatus>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false));
        form.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        return form;
    }
}

/// <summary>Settings of trackers that cannot work; the message is for whoever wrote them.</summary>
public sealed class TrackersFileException : ArgumentException
{
    public TrackersFileException() { }
    public TrackersFileException(string message) : base(message) { }
    public TrackersFileException(string message, Exception inner) : base(message, inner) { }
}
