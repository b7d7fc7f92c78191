namespace Planning.Grains;

/// <summary>How many entities stay in a silo's memory. What falls out is read again when it is needed.</summary>
public sealed record EntityLimits
{
    /// <summary>At most this many entities in memory; the least recently used leave first. Default 50,000.</summary>
    public int MaxEntities { get; init; } = 50_000;

    /// <summary>At most about this many bytes of entity state in memory. Default 200 MB.</summary>
    public long MaxBytes { get; init; } = 200L * 1024 * 1024;
}
