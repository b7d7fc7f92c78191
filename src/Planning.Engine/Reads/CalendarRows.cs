using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;

namespace Planning.Engine.Reads;

public enum CalendarKind
{
    Booking = 1,
    Refresh,

    /// <summary>Of the active rulebook's calendars; computed, not stored.</summary>
    Freeze,

    /// <summary>A weekly window of an environment; computed, not stored.</summary>
    Maintenance,
}

/// <param name="Id">Of the booking or refresh; of what is computed, derived from what it is.</param>
/// <param name="EnvironmentId">Null for freezes, which hold for all.</param>
/// <param name="Environment">Its name; null where the viewer does not see the environment itself.</param>
/// <param name="Type">The mode of a booking, the type of a refresh, the calendar of a freeze; null for maintenance.</param>
/// <param name="Status">Of a refresh.</param>
/// <param name="Text">Purpose or release, reason, the freeze's name.</param>
/// <param name="ChangedAt">Null for what is computed.</param>
public sealed record CalendarEntry(
    string Id, CalendarKind Kind, TimeWindow Window, EnvironmentId? EnvironmentId, string? Environment, string? Type, string? Status, PersonId? By, string? Text,
    DateTimeOffset? ChangedAt)
{
    public CalendarPlace Place => new(Window.From, Id);
}

/// <summary>
/// Bookings that are not cancelled, refreshes that are open, freezes and maintenance windows. All that are given must hold;
/// a freeze holds for every environment and group.
/// </summary>
/// <param name="Range">What overlaps it.</param>
/// <param name="Status">Of refreshes; nothing else has one.</param>
/// <param name="Group">What concerns environments that it owns or uses.</param>
public sealed record CalendarFilter(
    TimeWindow Range, EnvironmentId? EnvironmentId = null, CalendarKind? Kind = null, RefreshStatus? Status = null, string? Group = null)
{
    public bool Takes(CalendarKind kind) => (Kind is null || Kind == kind) && (Status is null || kind == CalendarKind.Refresh);
}

/// <summary>Where an entry stands in a calendar: by start, then by id.</summary>
public readonly record struct CalendarPlace(DateTimeOffset At, string Id) : IComparable<CalendarPlace>
{
    public int CompareTo(CalendarPlace other) => At.CompareTo(other.At) is var byTime && byTime != 0 ? byTime : string.CompareOrdinal(Id, other.Id);

    public static bool operator <(CalendarPlace left, CalendarPlace right) => left.CompareTo(right) < 0;

    public static bool operator >(CalendarPlace left, CalendarPlace right) => left.CompareTo(right) > 0;

    public static bool operator <=(CalendarPlace left, CalendarPlace right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CalendarPlace left, CalendarPlace right) => left.CompareTo(right) >= 0;
}

/// <summary>What is stored of a calendar.</summary>
/// <param name="Mark">As <see cref="IReadModels.CalendarMarkAsync"/> gives it, of the moment when the entries were read.</param>
public sealed record CalendarSlice(ImmutableArray<CalendarEntry> Entries, long Mark);

/// <summary>The weekly windows of an environment that is in use.</summary>
/// <param name="ZoneId">Of the IANA database; the windows are in its local time.</param>
public sealed record MaintenanceRow(EnvironmentId EnvironmentId, string Environment, string ZoneId, ImmutableArray<MaintenanceWindow> Windows);

public static class CalendarRows
{
    /// <summary>Nothing that is stored lasts longer; so what overlaps a range began at most so long before it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(EnvironmentTreeDecider.MaxBookingDays);

    private static readonly RefreshStatus[] Closed = [RefreshStatus.Cancelled, RefreshStatus.Completed, RefreshStatus.Failed, RefreshStatus.RolledBack];

    /// <summary>Whether a calendar shows refreshes in this state.</summary>
    public static bool IsOpen(RefreshStatus status) => !Closed.Contains(status);

    /// <param name="environment">The environment's name, where the viewer sees it.</param>
    public static CalendarEntry Of(BookingRow b, string? environment) => new(
        b.Id.Value, CalendarKind.Booking, b.Window, b.EnvironmentId, environment, Snake.Case(b.Mode.ToString()), Status: null, b.By, b.Purpose ?? b.Release, b.CreatedAt);

    /// <param name="environment">The environment's name, where the viewer sees it.</param>
    public static CalendarEntry Of(RefreshRow r, string? environment) => new(
        r.Id.Value, CalendarKind.Refresh, r.Window, r.EnvironmentId, environment, r.Type, RefreshLifecycle.Wire(r.Status), r.RequestedBy, r.Reason, r.UpdatedAt);
}
