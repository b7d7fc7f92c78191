using System.Collections.Immutable;
using Planning.Domain.Environments;

namespace Planning.Domain.Refreshes;

/// <summary>A slot that is asked for: from then until it is held and reminded of, or refused, the refresh's process is under way.</summary>
/// <param name="Number">Counts the slots that a refresh has asked for; none is given twice.</param>
/// <param name="Granted">Whether the environment's schedule keeps it; what is left is reminding.</param>
/// <param name="Parked">Why the process waits for a human; null while it goes on.</param>
public sealed record PendingSlot(int Number, TimeWindow Window, SlotPurpose Purpose, bool Granted = false, string? Parked = null);

/// <summary>A slot that the environment's schedule keeps for the refresh.</summary>
public sealed record HeldSlot(int Number, TimeWindow Window);

/// <summary>Why a slot was refused last, or taken away.</summary>
/// <param name="Window">Of the slot; where that was to take the place of another, not the one that the refresh has.</param>
public sealed record SlotRefusal(string Reason, TimeWindow Window, ImmutableArray<RefreshConflict> Conflicts, TimeWindow? NextFree = null);

public sealed record RefreshApproval(PersonId By, string? Notes);

/// <summary>An approver takes it on that a conflict goes on in a window; in another one it says nothing.</summary>
public sealed record ConflictAcceptance(string Conflict, TimeWindow Window, PersonId By, string Reason);

public enum RunOutcome
{
    Completed = 1,
    Failed,
    RolledBack,
}

/// <summary>One entry of the history: something that was done to the environment. It is never changed; rolling back is an entry of its own.</summary>
/// <param name="StartedAt">When it was started; of a roll-back when what it takes back was started.</param>
/// <param name="Note">A report, or the reason.</param>
public sealed record RefreshRun(int Number, RunOutcome Outcome, DateTimeOffset StartedAt, DateTimeOffset EndedAt, PersonId By, string? Note = null);

/// <summary>The intent to refresh an environment, from its draft to its history.</summary>
public sealed record Refresh
{
    public static Refresh None { get; } = new();

    public RefreshId Id { get; init; }
    public EnvironmentId EnvironmentId { get; init; }
    public string Type { get; init; } = "";
    public ImpactScope Scope { get; init; } = new([], WithChildren: false);
    public TimeWindow Window { get; init; } = new(default, default);
    public string Reason { get; init; } = "";
    public ImmutableSortedSet<string> NotifyGroups { get; init; } = [];

    /// <summary>Who drafted it: it is theirs.</summary>
    public PersonId RequestedBy { get; init; }

    /// <summary>Who sent it to review last: who drafted it, or a release manager.</summary>
    public PersonId? SubmittedBy { get; init; }
    public RefreshStatus Status { get; init; } = RefreshStatus.Draft;

    public DateTimeOffset? RequestedAt { get; init; }
    public RefreshApproval? Approval { get; init; }

    /// <summary>Why it came back from review.</summary>
    public string? Rejected { get; init; }

    /// <summary>How many slots it has asked for.</summary>
    public int Slots { get; init; }
    public PendingSlot? Pending { get; init; }
    public HeldSlot? Held { get; init; }
    public SlotRefusal? Refused { get; init; }

    /// <summary>Those that it met when it got its slot.</summary>
    public ImmutableArray<RefreshConflict> Conflicts { get; init; } = [];

    /// <summary>Each conflict at most once for each window.</summary>
    public ImmutableArray<ConflictAcceptance> Accepted { get; init; } = [];

    /// <summary>Of the slot that it holds.</summary>
    public ImmutableSortedSet<Reminder> Reminded { get; init; } = [];

    public DateTimeOffset? StartedAt { get; init; }
    public ImmutableArray<RefreshRun> History { get; init; } = [];

    public bool Exists => Id.Value is not null;

    /// <summary>The window for which a slot is looked for, or was refused last; else its own.</summary>
    public TimeWindow Wanted => Pending?.Window ?? Refused?.Window ?? Window;

    /// <summary>Ids of the conflicts that were accepted for a window.</summary>
    public ImmutableSortedSet<string> AcceptedIn(TimeWindow window) => [.. Accepted.Where(a => a.Window == window).Select(a => a.Conflict)];
}
