namespace Planning.Engine.Notifications;

/// <summary>How notifications are sent, and how a target is protected.</summary>
public sealed record NotificationOptions
{
    /// <summary>A target that has not answered by then has failed. Default 10 seconds; 100 ms to 1 minute.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From this share of failures on a target is left alone, above 0 and up to 1. Default 0.5.</summary>
    public double FailureRatio { get; init; } = 0.5;

    /// <summary>Over how long failures are counted against successes. Default 30 seconds.</summary>
    public TimeSpan SamplingDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Fewer tries within that time say nothing about a target. At least 2; default 5.</summary>
    public int MinimumTries { get; init; } = 5;

    /// <summary>How long a target is left alone before one message tries whether it is back. Default 30 seconds.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Messages under way to one target at once, at most; others wait, and those of other targets do not. Default 8.</summary>
    public int MaxConcurrentPerTarget { get; init; } = 8;

    /// <summary>Messages of one target taken from the queue at once. Default 200.</summary>
    public int MaxBatch { get; init; } = 200;

    /// <summary>Pause after a message's first failed try; doubles up to <see cref="MaxBackoff"/>. Default 1 second.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two tries of a message. Default 5 minutes.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Tries that fail while the target takes other messages; then the message is parked. Default 10.</summary>
    public int MaxAttempts { get; init; } = 10;

    /// <summary>A message that has failed for this long is parked, whatever the target takes. Default 3 days.</summary>
    public TimeSpan MaxFailing { get; init; } = TimeSpan.FromDays(3);

    /// <summary>A target that asks for a longer pause is tried after this. Default 1 hour.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often the queue is looked into without being woken. Default 1 second.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A position that passed only events that nobody is told of is stored at most this often. Default 500 ms.</summary>
    public TimeSpan IdleStoreInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>States kept in memory between batches, measured by the bytes of the events they were folded from. Default 32 MiB.</summary>
    public long MaxTrackedBytes { get; init; } = 32L * 1024 * 1024;

    /// <summary>A message that failed during an outage waits longer than the break, so that another one tries next.</summary>
    internal TimeSpan OutageBackoff => BreakDuration * 1.5;

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromMinutes(1) ? $"{nameof(Timeout)} must be 100 ms to 1 minute."
        : FailureRatio is not (> 0 and <= 1) ? $"{nameof(FailureRatio)} is {FailureRatio}; it must be above 0 and at most 1."
        : MinimumTries < 2 ? $"{nameof(MinimumTries)} is {MinimumTries}; it must be at least 2."
        : IsOutside(SamplingDuration) ? $"{nameof(SamplingDuration)} must be 1 second to 1 day."
        : IsOutside(BreakDuration) ? $"{nameof(BreakDuration)} must be 1 second to 1 day."
        : MaxConcurrentPerTarget < 1 ? $"{nameof(MaxConcurrentPerTarget)} is {MaxConcurrentPerTarget}; it must be at least 1."
        : MaxBatch is < 1 or > 10_000 ? $"{nameof(MaxBatch)} is {MaxBatch}; it must be 1 to 10,000."
        : Backoff <= TimeSpan.Zero || MaxBackoff < Backoff ? $"{nameof(Backoff)} must be positive and {nameof(MaxBackoff)} no shorter."
        : MaxAttempts < 1 ? $"{nameof(MaxAttempts)} is {MaxAttempts}; it must be at least 1."
        : MaxFailing <= TimeSpan.Zero ? $"{nameof(MaxFailing)} must be positive."
        : MaxRetryAfter <= TimeSpan.Zero ? $"{nameof(MaxRetryAfter)} must be positive."
        : PollInterval <= TimeSpan.Zero ? $"{nameof(PollInterval)} must be positive."
        : IdleStoreInterval <= TimeSpan.Zero ? $"{nameof(IdleStoreInterval)} must be positive."
        : MaxTrackedBytes < 0 ? $"{nameof(MaxTrackedBytes)} must not be negative."
        : null;

    private static bool IsOutside(TimeSpan span) => span < TimeSpan.FromSeconds(1) || span > TimeSpan.FromDays(1);
}
