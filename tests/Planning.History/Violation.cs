namespace Planning.History;

/// <summary>The promises that a history can break.</summary>
public enum Promise
{
    /// <summary>The events of an acknowledged command are in the log, where the answer said.</summary>
    AcknowledgedIsKept = 1,

    /// <summary>A command has at most one append, on one entity.</summary>
    CommandOnce,

    /// <summary>A refused command leaves nothing.</summary>
    RefusedLeavesNothing,

    /// <summary>An event id is there once.</summary>
    EventOnce,

    /// <summary>Positions of a partition are 1, 2, 3 …</summary>
    PositionsWithoutHoles,

    /// <summary>Versions of an entity are 1, 2, 3 …, in the order of positions.</summary>
    VersionsWithoutHoles,

    /// <summary>Each event that calls for an effect has it.</summary>
    EffectNotMissing,

    /// <summary>No effect is there twice, and none without its event.</summary>
    EffectOnce,
}

/// <summary>A broken promise, and where it was broken.</summary>
public sealed record Violation(Promise Promise, string Message)
{
    public override string ToString() => $"{Promise}: {Message}";
}
