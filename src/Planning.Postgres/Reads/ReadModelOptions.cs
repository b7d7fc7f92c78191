namespace Planning.Postgres.Reads;

/// <summary>Limits of the projection of read models.</summary>
public sealed record ReadModelOptions
{
    /// <summary>
    /// States kept in memory between batches, measured by the bytes of the events they were folded from; of the others
    /// the history is read again. Default 64 MiB, for each partition.
    /// </summary>
    public long MaxTrackedBytes { get; init; } = 64L << 20;

    /// <summary>Histories that are read at the same time. Default 4.</summary>
    public int MaxConcurrentLoads { get; init; } = 4;

    /// <exception cref="ArgumentException">Names the setting that cannot work.</exception>
    public void Validate()
    {
        if (MaxTrackedBytes < 0 || MaxConcurrentLoads < 1)
            throw new ArgumentException($"{nameof(MaxTrackedBytes)} must not be negative, and {nameof(MaxConcurrentLoads)} must be at least 1.");
    }
}
