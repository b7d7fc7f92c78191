namespace Planning.Client;

/// <summary>Where the server is, who calls, and how patiently. Checked when the client is made.</summary>
public sealed class PlanningClientOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The server's address, such as <c>http://localhost:5080</c>; a path in it is kept. Required.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>The token of an API key (<c>plk_…</c>); null for a local server without keys.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Who a local caller is while the server has no keys: <c>ada;roles=planner</c>. Never together with a key.</summary>
    public string? Actor { get; set; }

    /// <summary>Tries after the first, under the same Idempotency-Key. 0 to 20, default 5.</summary>
    public int MaxRetries { get; set; } = 5;

    /// <summary>Pause before the first retry; doubles, with jitter. The server's Retry-After wins. More than 0, default 200 ms.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>No pause is longer. A server that asks for a longer one is not asked again: the caller learns how long. To 1 day, default 30 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>One try that takes longer is given up, and tried again where that is safe. What a try waits for a gate is added. To 1 day, default 30 seconds.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether lists show all that this client has written or seen before: they wait for its last position. Default true.</summary>
    public bool ReadYourWrites { get; set; } = true;

    /// <summary>How long one request waits for a gate before it is sent anew, so that nothing in between cuts it. 1 second to 5 minutes, default 30 seconds.</summary>
    public TimeSpan LongPoll { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Pause between two looks where the server does not wait itself. More than 0, default 250 ms.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Pause before a broken event stream is opened again; doubles to <see cref="MaxRetryDelay"/> while it cannot be, with jitter. More than 0, default 500 ms.</summary>
    public TimeSpan ReconnectDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A stream that is silent for longer is taken for broken; the server sends a sign every 15 seconds. Default 45 seconds.</summary>
    public TimeSpan StreamSilence { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Bytes of one event on the stream, at most. At least 1,024, default 8 MiB.</summary>
    public int MaxEventBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Null when every value is in range, else all that are not, a sentence each.</summary>
    public string? Problem()
    {
        var problems = Problems().ToList();
        return problems.Count == 0 ? null : string.Join(' ', problems);
    }

    private IEnumerable<string> Problems()
    {
        if (BaseAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            yield return $"{nameof(BaseAddress)} must be an absolute address that begins with http:// or https://.";
        else if (BaseAddress.Query.Length > 0 || BaseAddress.Fragment.Length > 0 || BaseAddress.UserInfo.Length > 0)
            yield return $"{nameof(BaseAddress)} must have no user, query or fragment.";
        if (ApiKey is not null && !IsVisibleAscii(ApiKey))
            yield return $"{nameof(ApiKey)} is empty or has characters that no key has. Check that it was copied whole, without a line's end.";
        if (Actor is not null && !IsVisibleAscii(Actor))
            yield return $"{nameof(Actor)} is empty or has characters that a header cannot hold. It reads: ada;roles=planner,planning_lead.";
        if (ApiKey is not null && Actor is not null)
            yield return $"{nameof(Actor)} is for servers without keys; with an {nameof(ApiKey)}, leave it out.";
        if (MaxRetries is < 0 or > 20)
            yield return $"{nameof(MaxRetries)} is {MaxRetries}; it must be 0 to 20.";
        if (MaxRetryDelay < RetryDelay)
            yield return $"{nameof(RetryDelay)} must be at most {nameof(MaxRetryDelay)}.";
        if (LongPoll < TimeSpan.FromSeconds(1) || LongPoll > TimeSpan.FromMinutes(5))
            yield return $"{nameof(LongPoll)} is {LongPoll}; it must be 1 second to 5 minutes.";
        if (MaxEventBytes < 1024)
            yield return $"{nameof(MaxEventBytes)} is {MaxEventBytes}; it must be at least 1,024.";
        foreach (var (name, value) in Pauses())
        {
            if (value <= TimeSpan.Zero || value > Longest)
                yield return $"{name} is {value}; it must be more than 0, and 1 day at most.";
        }
    }

    private IEnumerable<(string Name, TimeSpan Value)> Pauses() =>
    [
        (nameof(RetryDelay), RetryDelay), (nameof(MaxRetryDelay), MaxRetryDelay), (nameof(AttemptTimeout), AttemptTimeout),
        (nameof(PollInterval), PollInterval), (nameof(ReconnectDelay), ReconnectDelay), (nameof(StreamSilence), StreamSilence),
    ];

    private static bool IsVisibleAscii(string text) => text.Length > 0 && text.All(c => c is > ' ' and <= '~');
}
