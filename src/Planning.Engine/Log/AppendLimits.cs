namespace Planning.Engine.Log;

/// <summary>What one append may hold. Artifacts are blobs; events are small.</summary>
public sealed record AppendLimits
{
    public static AppendLimits Default { get; } = new();

    /// <summary>Events of one append. Default 1,000.</summary>
    public int MaxEventsPerAppend { get; init; } = 1_000;

    /// <summary>Bytes of one event's data, and of an append's meta. Default 1 MiB.</summary>
    public int MaxDataBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of each id and type name; all of an entity's key must fit into one index entry. Default 200.</summary>
    public int MaxNameBytes { get; init; } = 200;

    /// <summary>Levels of objects and arrays in data and meta. Default 64.</summary>
    public int MaxDepth { get; init; } = 64;
}
