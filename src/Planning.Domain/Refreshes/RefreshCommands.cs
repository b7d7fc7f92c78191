using System.Collections.Immutable;
using Planning.Domain.Environments;

namespace Planning.Domain.Refreshes;

/// <summary>What can be asked of a refresh. Those of the second half only the backend itself sends.</summary>
public abstract record RefreshCommand
{
    private RefreshCommand() { }

    /// <param name="Keep">Assets that its type takes, and that are to be kept.</param>
    /// <param name="AtOnce">Whether it is requested at once.</param>
    public sealed record Draft(
        RefreshId RefreshId, EnvironmentId EnvironmentId, RefreshType Type, ImmutableSortedSet<Asset> Keep, bool WithChildren, TimeWindow Window, string Reason,
        ImmutableSortedSet<string> NotifyGroups, bool AtOnce = false) : RefreshCommand;

    /// <summary>Null members stay as they are.</summary>
    public sealed record Edit(
        RefreshType? Type = null, ImmutableSortedSet<Asset>? Keep = null, bool? WithChildren = null, TimeWindow? Window = null, string? Reason = null,
        ImmutableSortedSet<string>? NotifyGroups = null) : RefreshCommand;

    public sealed record Request : RefreshCommand;

    public sealed record Reject(string Reason) : RefreshCommand;

    /// <param name="Destroys">What the approver has read that it destroys: all of it, or the approval does not count.</param>
    public sealed record Approve(ImmutableSortedSet<Asset> Destroys, string? Notes = null) : RefreshCommand;

    /// <summary>For the window that is wanted: the one in which they were met.</summary>
    public sealed record AcceptConflicts(ImmutableArray<string> Conflicts, string Reason) : RefreshCommand;

    public sealed record Move(TimeWindow Window) : RefreshCommand;

    public sealed record Schedule : RefreshCommand;

    public sealed record Start : RefreshCommand;

    public sealed record Complete(string? Report = null) : RefreshCommand;

    public sealed record Fail(string Reason) : RefreshCommand;

    /// <param name="Window">Null for what is left of its slot.</param>
    public sealed record Retry(TimeWindow? Window = null) : RefreshCommand;

    public sealed record RollBack(string Reason) : RefreshCommand;

    public sealed record Cancel(string Reason) : RefreshCommand;

    /// <summary>Goes on with a parked process.</summary>
    public sealed record Resume : RefreshCommand;

    public sealed record GrantSlot(int Slot, ImmutableArray<RefreshConflict> Conflicts) : RefreshCommand;

    public sealed record RefuseSlot(int Slot, string Reason, ImmutableArray<RefreshConflict> Conflicts, TimeWindow? NextFree) : RefreshCommand;

    public sealed record FinishScheduling(int Slot) : RefreshCommand;

    public sealed record Unschedule(int Slot, string Reason, ImmutableArray<RefreshConflict> Conflicts) : RefreshCommand;

    public sealed record Remind(int Slot, Reminder Reminder) : RefreshCommand;

    public sealed record Park(int Slot, string Reason) : RefreshCommand;
}
