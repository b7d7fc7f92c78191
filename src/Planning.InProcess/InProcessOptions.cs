namespace Planning.InProcess;

/// <summary>How many entities stay in memory. What falls out is read again when it is needed.</summary>
public sealed record InProcessOptions
{
    /// <summary>Entities unused for this long leave memory. Default 10 minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>At most this many entities in memory; the least recently used leave first. Default 50,000.</summary>
    public int MaxEntities { get; init; } = 50_000;

    /// <summary>At most about this many bytes of entity state in memory. Default 200 MB.</summary>
    public long MaxBytes { get; init; } = 200L * 1024 * 1024;

    /// <summary>Workspaces whose compliance and KPIs stay in memory; the one that was looked at longest ago leaves first. Default 20.</summary>
    public int MaxViews { get; init; } = 20;

    /// <summary>How often idle entities are looked for. Default 5 seconds.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        MaxEntities < 1 ? $"{nameof(MaxEntities)} is {MaxEntities}; it must be at least 1."
        : MaxBytes < 1_000_000 ? $"{nameof(MaxBytes)} is {MaxBytes}; it must be at least 1,000,000."
        : MaxViews < 1 ? $"{nameof(MaxViews)} is {MaxViews}; it must be at least 1."
        : SweepInterval <= TimeSpan.Zero ? $"{nameof(SweepInterval)} must be positive."
        : IdleTimeout <= TimeSpan.Zero ? $"{nameof(IdleTimeout)} must be positive."
        : null;
}
