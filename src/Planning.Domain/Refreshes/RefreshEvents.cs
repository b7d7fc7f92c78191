using System.Collections.Immutable;
using Planning.Domain.Environments;

namespace Planning.Domain.Refreshes;

/// <summary>What can happen to a refresh of an environment.</summary>
public abstract record RefreshEvent
{
    private RefreshEvent() { }

    /// <param name="Type">Name of a <see cref="RefreshType"/>.</param>
    /// <param name="NotifyGroups">Are told, and see it, beside those who own or use the environment.</param>
    public sealed record RefreshDrafted(
        RefreshId RefreshId, EnvironmentId EnvironmentId, string Type, ImpactScope Scope, TimeWindow Window, string Reason, ImmutableSortedSet<string> NotifyGroups, PersonId By)
        : RefreshEvent;

    /// <summary>Only the members that changed are set.</summary>
    public sealed record RefreshEdited(
        string? Type = null, ImpactScope? Scope = null, TimeWindow? Window = null, string? Reason = null, ImmutableSortedSet<string>? NotifyGroups = null) : RefreshEvent;

    public sealed record RefreshRequested(PersonId By, DateTimeOffset At) : RefreshEvent;

    public sealed record RefreshRejected(PersonId By, string Reason) : RefreshEvent;

    /// <summary>Its approval process begins with this: a slot is asked for.</summary>
    /// <param name="Slot">Number of the slot that is asked for.</param>
    public sealed record RefreshApproved(PersonId By, ImmutableSortedSet<Asset> Destroys, int Slot, string? Notes = null) : RefreshEvent;

    /// <summary>The approval could not be carried through; all is as before it.</summary>
    public sealed record RefreshApprovalUndone(string Reason) : RefreshEvent;

    /// <param name="Window">For which they are accepted; in another one they are not.</param>
    public sealed record RefreshConflictsAccepted(PersonId By, ImmutableArray<string> Conflicts, TimeWindow Window, string Reason) : RefreshEvent;

    /// <summary>It has got another window while it held no slot.</summary>
    public sealed record RefreshMoved(PersonId By, TimeWindow Window) : RefreshEvent;

    /// <summary>It wants a slot: the first after it was unscheduled, another one, or one to try again in.</summary>
    public sealed record RefreshSlotRequested(PersonId By, int Slot, TimeWindow Window, SlotPurpose Purpose) : RefreshEvent;

    /// <summary>The environment's schedule has kept the window free for it.</summary>
    /// <param name="Conflicts">Those that do not stand in the way.</param>
    public sealed record RefreshSlotGranted(int Slot, TimeWindow Window, ImmutableArray<RefreshConflict> Conflicts) : RefreshEvent;

    /// <param name="NextFree">When there is room for one as long.</param>
    public sealed record RefreshSlotRefused(int Slot, string Reason, ImmutableArray<RefreshConflict> Conflicts, TimeWindow? NextFree = null) : RefreshEvent;

    /// <summary>Its slot is held and its reminders are set.</summary>
    public sealed record RefreshScheduled(int Slot, TimeWindow Window) : RefreshEvent;

    /// <summary>Something that stands in its way has come up after it was scheduled; it waits to be moved and scheduled anew.</summary>
    public sealed record RefreshUnscheduled(int Slot, string Reason, ImmutableArray<RefreshConflict> Conflicts) : RefreshEvent;

    public sealed record RefreshReminded(int Slot, Reminder Reminder, TimeWindow Window) : RefreshEvent;

    public sealed record RefreshStarted(PersonId By, DateTimeOffset At) : RefreshEvent;

    public sealed record RefreshCompleted(PersonId By, DateTimeOffset At, string? Report = null) : RefreshEvent;

    public sealed record RefreshFailed(PersonId By, DateTimeOffset At, string Reason) : RefreshEvent;

    public sealed record RefreshRolledBack(PersonId By, DateTimeOffset At, string Reason) : RefreshEvent;

    public sealed record RefreshCancelled(PersonId By, string Reason) : RefreshEvent;

    /// <summary>A step of its process could not be taken, also when tried again; it waits for a human.</summary>
    public sealed record RefreshParked(int Slot, string Reason) : RefreshEvent;

    public sealed record RefreshResumed(int Slot, PersonId By) : RefreshEvent;
}

/// <summary>What a slot is asked for.</summary>
public enum SlotPurpose
{
    Approval = 1,
    Schedule,
    Move,
    Retry,
}
