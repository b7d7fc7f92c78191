namespace Planning.Client.Http;

/// <summary>One request, as it is sent in every try.</summary>
internal sealed record ApiRequest(HttpMethod Method, string Path)
{
    public ReadOnlyMemory<byte> Body { get; init; }
    public string? ContentType { get; init; }
    public string Accept { get; init; } = "application/json";
    public string? IdempotencyKey { get; init; }
    public long? IfVersion { get; init; }

    /// <summary>A read waits until everything up to here can be seen.</summary>
    public long? MinPosition { get; init; }

    /// <summary>Whole seconds that the server is asked to wait for the outcome.</summary>
    public TimeSpan? Wait { get; init; }

    public Repetition Repetition { get; init; } = Repetition.Safe;
}

internal enum Repetition
{
    /// <summary>A second time has no second effect: a read, or a command under a key.</summary>
    Safe,

    /// <summary>A second time would do it twice: only what surely did not happen is tried again.</summary>
    OnlyIfNothingHappened,

    Never,
}
