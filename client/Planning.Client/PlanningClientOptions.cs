namespace Planning.Client;

/// <summary>Where the server is, who calls, and how patiently.</summary>
public sealed class PlanningClientOptions
{
    /// <summary>The server's address, such as <c>http://localhost:5080</c>. Required.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>The token of an API key (<c>plk_…</c>); null for a local server without keys.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Who a local caller is while the server has no keys: <c>ada;roles=planner</c>. Never together with a key.</summary>
    public string? Actor { get; set; }

    /// <summary>Tries after the first, under the same Idempotency-Key. 0 to 20, default 5.</summary>
    public int MaxRetries { get; set; } = 5;

    /// <summary>Pause before the first retry; doubles, with jitter. The server's Retry-After wins. Default 200 ms.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>No pause is longer, whatever the server asks for. Default 30 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>One try that takes longer is given up, and tried again. More than the 30 seconds that a try waits for a gate. Default 45 seconds.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Pause before a broken event stream is opened again. Default 500 ms.</summary>
    public TimeSpan ReconnectDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A stream that is silent for longer is taken for broken; the server sends a sign every 15 seconds. Default 45 seconds.</summary>
    public TimeSpan StreamSilence { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        BaseAddress is not { IsAbsoluteUri: true } ? $"{nameof(BaseAddress)} must be an absolute address."
        : ApiKey is not null && Actor is not null ? $"{nameof(Actor)} is for servers without keys; with an {nameof(ApiKey)}, leave it out."
        : MaxRetries is < 0 or > 20 ? $"{nameof(MaxRetries)} is {MaxRetries}; it must be 0 to 20."
        : RetryDelay <= TimeSpan.Zero || MaxRetryDelay < RetryDelay ? $"{nameof(RetryDelay)} must be positive and at most {nameof(MaxRetryDelay)}."
        : AttemptTimeout < TimeSpan.FromSeconds(35) ? $"{nameof(AttemptTimeout)} must be at least 35 seconds."
        : ReconnectDelay < TimeSpan.Zero ? $"{nameof(ReconnectDelay)} must not be negative."
        : StreamSilence <= TimeSpan.Zero ? $"{nameof(StreamSilence)} must be positive."
        : null;
}
