using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Environments;

namespace Planning.Engine.Reads;

public sealed record EnvironmentRow(
    EnvironmentId Id, EnvironmentTreeId Tree, string Name, EnvironmentId? Parent, string OwnerGroup, ImmutableSortedSet<string> UserGroups, string ZoneId, bool Retired,
    DateTimeOffset CreatedAt);

public sealed record BookingRow(
    BookingId Id, EnvironmentId EnvironmentId, BookingMode Mode, TimeWindow Window, PersonId By, PlanId? PlanId, string? Release, string? Purpose, bool Cancelled,
    DateTimeOffset CreatedAt);

/// <summary>All that are given must hold.</summary>
public sealed record EnvironmentFilter(EnvironmentTreeId? Tree = null, string? OwnerGroup = null, bool? Retired = null);

/// <summary>All that are given must hold.</summary>
/// <param name="From">Bookings that end after it.</param>
/// <param name="To">Bookings that begin before it.</param>
public sealed record BookingFilter(
    BookingId? Id = null, EnvironmentId? EnvironmentId = null, PersonId? By = null, PlanId? PlanId = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
    bool? Cancelled = null);

/// <summary>Which rows an event of a tree changes. When a row began is told by its first event alone; later ones keep it.</summary>
public static class EnvironmentRows
{
    /// <param name="after">The tree after the event.</param>
    public static IEnumerable<EnvironmentRow> OfEnvironments(EnvironmentTreeId tree, EnvironmentTree after, EnvironmentEvent happened, DateTimeOffset at)
    {
        IEnumerable<EnvironmentId> changed = happened switch
        {
            EnvironmentEvent.EnvironmentRegistered e => [e.Environment.Id],
            EnvironmentEvent.EnvironmentChanged e => [e.EnvironmentId],
            EnvironmentEvent.EnvironmentRetired e => [e.EnvironmentId],
            EnvironmentEvent.EnvironmentMoved e => [e.EnvironmentId],
            EnvironmentEvent.EnvironmentReceived e => e.Environments.Select(received => received.Id),
            _ => [],
        };
        return changed.Select(id => after.Find(id)!).Select(e => new EnvironmentRow(e.Id, tree, e.Name, e.Parent, e.OwnerGroup, e.UserGroups, e.ZoneId, e.Retired, at));
    }

    /// <param name="before">The tree before the event.</param>
    public static BookingRow? OfBooking(EnvironmentTree before, EnvironmentEvent happened, DateTimeOffset at) => happened switch
    {
        EnvironmentEvent.BookingMade e => Of(e.Booking, at),
        EnvironmentEvent.BookingMoved e => Of(before.Entry(e.BookingId.Value)!, at) with { Window = e.Window },
        EnvironmentEvent.BookingCancelled e => Of(before.Entry(e.BookingId.Value)!, at) with { Cancelled = true },
        _ => null,
    };

    public static BookingRow Of(ScheduleEntry booking, DateTimeOffset createdAt) => new(
        new BookingId(booking.Id), booking.EnvironmentId, booking.Mode, booking.Window, booking.By, booking.PlanId, booking.Release, booking.Purpose, Cancelled: false, createdAt);
}
