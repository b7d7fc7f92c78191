using Planning.Artifacts.Documents;
using Planning.Gateway.Audit;

namespace Planning.Gateway;

/// <summary>How the gateway serves. Every limit that a caller can meet is named here.</summary>
public sealed record GatewayOptions
{
    /// <summary>The workspace that local callers work in while no API key is configured. Default <c>default</c>.</summary>
    public string LocalWorkspace { get; init; } = "default";

    /// <summary>Bytes of a JSON body, at most. Default 1 MiB.</summary>
    public int MaxJsonBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>Nesting of a JSON body, at most. Default 32.</summary>
    public int MaxJsonDepth { get; init; } = 32;

    /// <summary>Bounds on artifacts and evidence, size included; see <see cref="ArtifactLimits"/>. Default 20 MiB.</summary>
    public ArtifactLimits Artifacts { get; init; } = ArtifactLimits.Default;

    /// <summary>The longest <c>Prefer: wait</c> that is honoured. Default 60 seconds.</summary>
    public TimeSpan MaxPreferWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a read waits for the position that it names. Default 5 seconds.</summary>
    public TimeSpan MinPositionWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an API key is believed without asking the directory again; so long a revocation may take. 0 to 5 seconds, default 5.</summary>
    public TimeSpan KeyCacheTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A silent event stream sends a comment this often, and looks whether its key still holds. Default 15 seconds.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Events in one answer, at most. Default 1,000.</summary>
    public int MaxEventPage { get; init; } = 1_000;

    /// <summary>How long a page of a calendar is kept; while it is, each look asks only whether anything has changed. 0 keeps none. Default 5 minutes.</summary>
    public TimeSpan CalendarCacheTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Pages of calendars that are kept, at most; the one that was looked at longest ago leaves first. Default 2,000.</summary>
    public int MaxCalendarPages { get; init; } = 2_000;

    /// <summary>
    /// Proxies that are believed when they say in X-Forwarded-For whom a request comes from: addresses and networks with commas between them,
    /// such as <c>10.0.0.0/8, 192.0.2.7</c>. Empty, the default, believes none: the audit then has the address that connects.
    /// </summary>
    public string ForwardedFrom { get; init; } = "";

    /// <summary>What bounds the security audit.</summary>
    public AuditOptions Audit { get; init; } = new();

    /// <summary>Requests per second and caller, by group of routes.</summary>
    public RateLimits RateLimits { get; init; } = new();

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        string.IsNullOrWhiteSpace(LocalWorkspace) ? $"{nameof(LocalWorkspace)} is blank."
        : MaxJsonBodyBytes < 1024 ? $"{nameof(MaxJsonBodyBytes)} is {MaxJsonBodyBytes}; it must be at least 1,024."
        : MaxJsonDepth is < 8 or > 64 ? $"{nameof(MaxJsonDepth)} is {MaxJsonDepth}; it must be 8 to 64."
        : MaxPreferWait <= TimeSpan.Zero ? $"{nameof(MaxPreferWait)} must be positive."
        : MinPositionWait <= TimeSpan.Zero ? $"{nameof(MinPositionWait)} must be positive."
        : KeyCacheTime < TimeSpan.Zero || KeyCacheTime > TimeSpan.FromSeconds(5) ? $"{nameof(KeyCacheTime)} must be 0 to 5 seconds."
        : Heartbeat <= TimeSpan.Zero ? $"{nameof(Heartbeat)} must be positive."
        : MaxEventPage < 1 ? $"{nameof(MaxEventPage)} must be positive."
        : CalendarCacheTime < TimeSpan.Zero ? $"{nameof(CalendarCacheTime)} must not be negative; 0 keeps no page."
        : MaxCalendarPages < 1 ? $"{nameof(MaxCalendarPages)} must be at least 1."
        : TrustedProxies.Unreadable(ForwardedFrom) is { } word ? $"{nameof(ForwardedFrom)} has '{word}', which is no address and no network such as 10.0.0.0/8."
        : Audit.Problem() ?? RateLimits.Problem();
}

/// <summary>Requests that one caller may make per second; a second's worth may come at once.</summary>
public sealed record RateLimits
{
    /// <summary>Lists, single entities, documents. Default 20,000.</summary>
    public int Reads { get; init; } = 20_000;

    /// <summary>Commands with a JSON body. Default 20,000.</summary>
    public int Commands { get; init; } = 20_000;

    /// <summary>Artifacts and evidence. Default 1,000.</summary>
    public int Uploads { get; init; } = 1_000;

    /// <summary>Keys, persons, rulebook. Default 200.</summary>
    public int Administration { get; init; } = 200;

    /// <summary>Calendar feeds that one network address fetches without a key. Default 50.</summary>
    public int Feeds { get; init; } = 50;

    /// <summary>Messages of trackers, from one network address. Default 100.</summary>
    public int Webhooks { get; init; } = 100;

    /// <summary>Event streams that one caller may have open at once; this one is no rate. Default 100.</summary>
    public int OpenStreams { get; init; } = 100;

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        Math.Min(Math.Min(Reads, Commands), Math.Min(Uploads, Math.Min(Administration, Webhooks))) < 1 || Feeds < 1 || OpenStreams < 1 ? "Every rate limit must be at least 1." : null;
}
