using System.Collections.Immutable;
using Planning.Domain.Refreshes;

namespace Planning.Domain.Environments;

/// <summary>What can happen to a tree of environments and to its schedule.</summary>
public abstract record EnvironmentEvent
{
    private EnvironmentEvent() { }

    public sealed record EnvironmentRegistered(SharedEnvironment Environment, EnvironmentTreeId TreeId) : EnvironmentEvent;

    /// <summary>Only the members that changed are set.</summary>
    public sealed record EnvironmentChanged(
        EnvironmentId EnvironmentId,
        string? Name = null,
        string? OwnerGroup = null,
        ImmutableSortedSet<string>? UserGroups = null,
        string? ZoneId = null,
        ImmutableArray<MaintenanceWindow>? MaintenanceWindows = null) : EnvironmentEvent;

    public sealed record EnvironmentRetired(EnvironmentId EnvironmentId, string Reason) : EnvironmentEvent;

    /// <summary>It has got another parent within its tree.</summary>
    public sealed record EnvironmentMoved(EnvironmentId EnvironmentId, EnvironmentId Parent) : EnvironmentEvent;

    /// <summary>It leaves for another tree, with all below it: until that has answered, nothing of it can be booked.</summary>
    /// <param name="ToTreeId">Longer than its counterpart in <see cref="EnvironmentReceived"/>: what the one event can hold, the other can, too.</param>
    /// <param name="Parent">In the other tree; null where it becomes the root of a new one.</param>
    public sealed record EnvironmentMoveBegun(
        EnvironmentId EnvironmentId, EnvironmentTreeId ToTreeId, EnvironmentId? Parent, ImmutableArray<SharedEnvironment> Environments, ImmutableArray<ScheduleEntry> Entries)
        : EnvironmentEvent;

    /// <summary>The other tree has taken it.</summary>
    public sealed record EnvironmentReceived(
        EnvironmentId EnvironmentId, EnvironmentTreeId FromTree, ImmutableArray<SharedEnvironment> Environments, ImmutableArray<ScheduleEntry> Entries)
        : EnvironmentEvent;

    /// <summary>The other tree has not taken it. Recorded, so that the answer to one move stays what it was.</summary>
    /// <param name="MoveId">Of the event with which the move began.</param>
    public sealed record EnvironmentRefused(EnvironmentId EnvironmentId, EnvironmentTreeId FromTree, string MoveId, string Reason) : EnvironmentEvent;

    /// <summary>Its old tree has let it go, and knows where it went.</summary>
    public sealed record EnvironmentMoveCompleted(EnvironmentId EnvironmentId) : EnvironmentEvent;

    /// <summary>It stays where it was, and all is as before.</summary>
    public sealed record EnvironmentMoveAbandoned(EnvironmentId EnvironmentId, string Reason) : EnvironmentEvent;

    /// <param name="At">When it was made; what had ended long before leaves the schedule.</param>
    public sealed record BookingMade(ScheduleEntry Booking, DateTimeOffset At) : EnvironmentEvent;

    public sealed record BookingMoved(BookingId BookingId, TimeWindow Window) : EnvironmentEvent;

    public sealed record BookingCancelled(BookingId BookingId, PersonId By, string? Reason = null) : EnvironmentEvent;

    /// <param name="Conflicts">What meets it and does not stand in its way.</param>
    public sealed record SlotReserved(ScheduleEntry Entry, DateTimeOffset At, ImmutableArray<RefreshConflict> Conflicts) : EnvironmentEvent;

    /// <summary>Recorded, so that the answer to one request for a slot stays what it was.</summary>
    public sealed record SlotRefused(RefreshId RefreshId, int Slot, string Reason, ImmutableArray<RefreshConflict> Conflicts, TimeWindow? NextFree = null) : EnvironmentEvent;

    /// <param name="KeepsEarlier">Whether an earlier slot stays: this one was to take its place.</param>
    public sealed record SlotReleased(RefreshId RefreshId, int Slot, bool KeepsEarlier = false) : EnvironmentEvent;
}
