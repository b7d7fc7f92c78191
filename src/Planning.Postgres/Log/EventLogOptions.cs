using Planning.Engine.Log;

namespace Planning.Postgres.Log;

/// <summary>Limits and times of the event log in this process.</summary>
public sealed record EventLogOptions
{
    /// <summary>Appends of one partition that wait or are being written; one more is refused as unavailable. Default 10,000.</summary>
    public int MaxQueuedAppends { get; init; } = 10_000;

    /// <summary>Bytes of data and meta of these appends. Default 64 MiB.</summary>
    public long MaxQueuedBytes { get; init; } = 64L << 20;

    /// <summary>Events of one batch. More per commit is no faster, and makes the first of a batch wait for its last. Default 512.</summary>
    public int MaxBatchEvents { get; init; } = 512;

    /// <summary>Bytes of data and meta of one batch. Default 4 MiB.</summary>
    public long MaxBatchBytes { get; init; } = 4L << 20;

    /// <summary>Data of the events that a reader of a partition is given at once; one event always is. Default 16 MiB.</summary>
    public long MaxReadBytes { get; init; } = 16L << 20;

    /// <summary>What a caller is told to wait when the queue is full or the database is away. Default 1 s.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a batch whose answer was lost is looked up and sent again before its outcome is given as unknown. Default 15 s.</summary>
    public TimeSpan LostAnswerTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Pause between two tries to reach the database again. Default 100 ms.</summary>
    public TimeSpan ReconnectPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often a batch waits for the head's lock, ending the blocker in between, before it is refused. Default 3.</summary>
    public int MaxLockAttempts { get; init; } = 3;

    /// <summary>Other processes are told of commits at most this often. Default every 10 ms.</summary>
    public TimeSpan NotifyInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How often the heads are read, for wake-ups that were lost on the way. Default every 2 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What one append may hold.</summary>
    public AppendLimits Limits { get; init; } = AppendLimits.Default;

    /// <exception cref="ArgumentException">Names every setting that cannot work.</exception>
    public void Validate()
    {
        var problems = new List<string>();
        void Need(bool holds, string rule)
        {
            if (!holds)
                problems.Add(rule);
        }
        Need(MaxQueuedAppends >= 1, $"{nameof(MaxQueuedAppends)} must be at least 1.");
        Need(MaxQueuedBytes >= Limits.MaxDataBytes, $"{nameof(MaxQueuedBytes)} must hold at least one event ({nameof(AppendLimits.MaxDataBytes)}).");
        Need(MaxBatchEvents is >= 1 and <= 100_000, $"{nameof(MaxBatchEvents)} must be from 1 to 100,000.");
        Need(MaxBatchBytes is >= 1 and <= 256L << 20, $"{nameof(MaxBatchBytes)} must be from 1 to 256 MiB.");
        Need(MaxReadBytes >= 1, $"{nameof(MaxReadBytes)} must be at least 1.");
        Need(RetryAfter > TimeSpan.Zero, $"{nameof(RetryAfter)} must be above zero.");
        Need(LostAnswerTimeout > TimeSpan.Zero, $"{nameof(LostAnswerTimeout)} must be above zero.");
        Need(ReconnectPause > TimeSpan.Zero && ReconnectPause < LostAnswerTimeout, $"{nameof(ReconnectPause)} must be above zero and below {nameof(LostAnswerTimeout)}.");
        Need(MaxLockAttempts >= 1, $"{nameof(MaxLockAttempts)} must be at least 1.");
        Need(NotifyInterval >= TimeSpan.Zero, $"{nameof(NotifyInterval)} must not be negative.");
        Need(PollInterval > TimeSpan.Zero, $"{nameof(PollInterval)} must be above zero.");
        if (problems.Count > 0)
            throw new ArgumentException(string.Join(" ", problems));
    }
}
