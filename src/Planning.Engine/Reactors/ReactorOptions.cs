namespace Planning.Engine.Reactors;

/// <summary>How reactions run.</summary>
public sealed record ReactorOptions
{
    /// <summary>Reactions of one reactor at once, at most. Default 32.</summary>
    public int MaxConcurrent { get; init; } = 32;

    /// <summary>Tries before an event is parked. Default 6.</summary>
    public int MaxAttempts { get; init; } = 6;

    /// <summary>Pause after the first failed try; doubles. Default 200 ms.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>A position that passed only events of no concern is stored at most this often. Default 500 ms.</summary>
    public TimeSpan IdleStoreInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        MaxConcurrent < 1 ? $"{nameof(MaxConcurrent)} is {MaxConcurrent}; it must be at least 1."
        : MaxAttempts < 1 ? $"{nameof(MaxAttempts)} is {MaxAttempts}; it must be at least 1."
        : Backoff <= TimeSpan.Zero ? $"{nameof(Backoff)} must be positive."
        : IdleStoreInterval <= TimeSpan.Zero ? $"{nameof(IdleStoreInterval)} must be positive."
        : null;
}
