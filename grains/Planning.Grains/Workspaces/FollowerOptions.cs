namespace Planning.Grains.Workspaces;

/// <summary>How workspaces are followed. The number of queues must be the same on all silos of a cluster.</summary>
public sealed record FollowerOptions
{
    /// <summary>Queues that the streams of all workspaces share; each is served by one silo, which looks into it all the time. Default 2.</summary>
    public int Queues { get; init; } = 2;

    /// <summary>Events are published at most this often, many in one message: a message costs more than the events in it. Default 10 milliseconds.</summary>
    public TimeSpan PublishInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How often a queue is looked into: what a streamed event waits at most before it is delivered. Default 10 milliseconds.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How often a follower that has heard nothing looks into the log itself. Default 10 seconds.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a reader waits for a follower that is still reading the history. Below the time-out of calls. Default 5 seconds.</summary>
    public TimeSpan ReadWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a follower whose silo is gone is woken elsewhere. Default, and at least, 1 minute.</summary>
    public TimeSpan WakeInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Events of one message, at most. Default 500.</summary>
    public int MaxEvents { get; init; } = 500;

    /// <summary>Bytes of data of one message, at most, unless a single event has more. Default 1 MiB.</summary>
    public int MaxBytes { get; init; } = 1 << 20;

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        Queues is < 1 or > 256 ? $"{nameof(Queues)} is {Queues}; it must be from 1 to 256, and the same on all silos."
        : PublishInterval < TimeSpan.Zero || PublishInterval > TimeSpan.FromSeconds(10) ? $"{nameof(PublishInterval)} must be from 0 to 10 seconds."
        : PollInterval < TimeSpan.FromMilliseconds(1) || PollInterval > TimeSpan.FromSeconds(10) ? $"{nameof(PollInterval)} must be from 1 millisecond to 10 seconds."
        : SweepInterval <= TimeSpan.Zero ? $"{nameof(SweepInterval)} must be positive."
        : ReadWait <= TimeSpan.Zero ? $"{nameof(ReadWait)} must be positive."
        : WakeInterval < TimeSpan.FromMinutes(1) ? $"{nameof(WakeInterval)} is at least one minute."
        : MaxEvents < 1 || MaxBytes < 1 ? $"{nameof(MaxEvents)} and {nameof(MaxBytes)} must be at least 1."
        : null;
}
