namespace Planning.Gateway.OpenApi;

/// <summary>A request header that a route reads, for the published description.</summary>
internal sealed record TakesHeader(string Name, string Description)
{
    public static TakesHeader IdempotencyKey { get; } = new("Idempotency-Key", "Sending the request again under the same key has no second effect. 1 to 200 visible ASCII characters, no slash.");
    public static TakesHeader IfMatch { get; } = new("If-Match", "The ETag that was seen; another version refuses the request with 412.");
    public static TakesHeader Prefer { get; } = new("Prefer", "wait=SECONDS waits for what is under way: a gate's outcome, a manifest that is being made.");
    public static TakesHeader MinPosition { get; } = new("Planning-Min-Position", "Wait until everything up to this position can be seen.");
    public static TakesHeader LastEventId { get; } = new("Last-Event-ID", "The id of the last event that was received; the stream goes on after it.");
}

/// <summary>The body is a file of any type.</summary>
internal sealed class TakesBytes
{
    public static TakesBytes Instance { get; } = new();
}

/// <summary>The answer is a file of any type.</summary>
internal sealed class GivesBytes
{
    public static GivesBytes Instance { get; } = new();
}

/// <summary>The answer is an iCalendar file.</summary>
internal sealed class GivesCalendar
{
    public static GivesCalendar Instance { get; } = new();
}

/// <summary>The address holds a secret: logs and traces have the route's pattern in its place.</summary>
internal sealed class HasSecretInAddress
{
    public static HasSecretInAddress Instance { get; } = new();
}

/// <summary>The answer is a stream of server-sent events.</summary>
internal sealed class GivesStream
{
    public static GivesStream Instance { get; } = new();
}
