using System.Collections.Immutable;
using Planning.Domain.Refreshes;

namespace Planning.Domain.Environments;

/// <summary>What can be asked of a tree of environments. Ids are made by the caller.</summary>
public abstract record EnvironmentCommand
{
    private EnvironmentCommand() { }

    /// <param name="Parent">Null for the root of a new tree.</param>
    public sealed record Register(
        EnvironmentTreeId TreeId,
        EnvironmentId EnvironmentId,
        string Name,
        EnvironmentId? Parent,
        string OwnerGroup,
        ImmutableSortedSet<string> UserGroups,
        string ZoneId,
        ImmutableArray<MaintenanceWindow> MaintenanceWindows) : EnvironmentCommand;

    /// <summary>Null members stay as they are.</summary>
    public sealed record Change(
        EnvironmentId EnvironmentId,
        string? Name = null,
        string? OwnerGroup = null,
        ImmutableSortedSet<string>? UserGroups = null,
        string? ZoneId = null,
        ImmutableArray<MaintenanceWindow>? MaintenanceWindows = null) : EnvironmentCommand;

    public sealed record Retire(EnvironmentId EnvironmentId, string Reason) : EnvironmentCommand;

    /// <param name="TreeId">The tree of the new parent, or the new tree's id where there is no parent.</param>
    public sealed record Move(EnvironmentId EnvironmentId, EnvironmentTreeId TreeId, EnvironmentId? Parent) : EnvironmentCommand;

    /// <summary>Takes or refuses what comes from another tree. Only the backend itself sends this.</summary>
    /// <param name="MoveId">Of the event with which the move began: each move is answered once.</param>
    public sealed record Receive(
        EnvironmentId EnvironmentId,
        EnvironmentTreeId FromTree,
        string MoveId,
        EnvironmentId? Parent,
        ImmutableArray<SharedEnvironment> Environments,
        ImmutableArray<ScheduleEntry> Entries) : EnvironmentCommand;

    /// <summary>The other tree has answered. Only the backend itself sends this.</summary>
    /// <param name="Refused">Why it was not taken; null when it was.</param>
    public sealed record EndMove(EnvironmentId EnvironmentId, string? Refused) : EnvironmentCommand;

    public sealed record Book(
        BookingId BookingId,
        EnvironmentId EnvironmentId,
        BookingMode Mode,
        TimeWindow Window,
        PlanId? PlanId = null,
        string? Release = null,
        string? Purpose = null) : EnvironmentCommand;

    public sealed record MoveBooking(BookingId BookingId, TimeWindow Window) : EnvironmentCommand;

    /// <summary>Keeps a window free for a refresh, in place of the one it may hold. Only the backend itself sends this.</summary>
    public sealed record ReserveSlot(SlotWish Wish, PersonId For) : EnvironmentCommand;

    /// <summary>Gives up what a refresh holds, or was told, of this slot and of earlier ones. Only the backend itself sends this.</summary>
    /// <param name="KeepsEarlier">Whether an earlier slot stays: where this one was to take its place, and was refused.</param>
    public sealed record ReleaseSlot(RefreshId RefreshId, int Slot, bool KeepsEarlier = false) : EnvironmentCommand;

    public sealed record CancelBooking(BookingId BookingId, string? Reason = null) : EnvironmentCommand;
}
