namespace Planning.Domain.Refreshes;

public enum ConflictKind
{
    Booking = 1,
    Refresh,
    Freeze,

    /// <summary>A plan that is being executed and has booked the environment.</summary>
    Plan,
    Maintenance,
}

public enum ConflictSeverity
{
    /// <summary>Worth knowing.</summary>
    Minor = 1,

    /// <summary>Somebody loses something: it goes on when an approver has accepted that.</summary>
    Serious,

    /// <summary>It cannot go on: one of the two is moved or cancelled.</summary>
    Blocking,
}

/// <summary>Something that meets a refresh in its window.</summary>
/// <param name="Id">Of the booking, refresh or plan; of a freeze <c>calendar/name</c>; of an environment whose maintenance is at another time.</param>
/// <param name="Message">What it is, and what to do.</param>
/// <param name="Accepted">Whether an approver has accepted it.</param>
public sealed record RefreshConflict(string Id, ConflictKind Kind, ConflictSeverity Severity, string Message, bool Accepted = false)
{
    /// <summary>Whether the refresh cannot have its slot because of it.</summary>
    public bool StandsInTheWay => StandsIn(Severity, Accepted);

    internal static bool StandsIn(ConflictSeverity severity, bool accepted) => severity == ConflictSeverity.Blocking || (severity == ConflictSeverity.Serious && !accepted);

    public Blocker ToBlocker() => Severity == ConflictSeverity.Blocking ? new Blocker("conflict_blocking", Message, Id) : new Blocker("conflict_not_accepted", Message, Id);
}
