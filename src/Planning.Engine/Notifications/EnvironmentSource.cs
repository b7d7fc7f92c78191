using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.Log;

namespace Planning.Engine.Notifications;

/// <summary>Environments and their bookings; the environment is the topic. What two trees say to each other is not told.</summary>
public sealed class EnvironmentSource : INotificationSource
{
    public EntityKind Kind => EntityKind.EnvironmentTree;

    public IReadOnlySet<string> EventTypes { get; } = new[]
    {
        "ENVIRONMENT_REGISTERED", "ENVIRONMENT_CHANGED", "ENVIRONMENT_RETIRED", "ENVIRONMENT_MOVED",
        "ENVIRONMENT_MOVE_BEGUN", "ENVIRONMENT_MOVE_COMPLETED", "ENVIRONMENT_MOVE_ABANDONED",
        "BOOKING_MADE", "BOOKING_MOVED", "BOOKING_CANCELLED",
    }.ToFrozenSet(StringComparer.Ordinal);

    public Telling? Tell(StoredEvent stored, object happened, object? before, object after) => happened switch
    {
        EnvironmentEvent.EnvironmentRegistered e => Of(e.Environment.Id, $"was registered by group {e.Environment.OwnerGroup}"),
        EnvironmentEvent.EnvironmentChanged e => Of(e.EnvironmentId, "was changed"),
        EnvironmentEvent.EnvironmentRetired e => Of(e.EnvironmentId, $"was taken out of use: {e.Reason}", new() { ["reason"] = e.Reason }),
        EnvironmentEvent.EnvironmentMoved e => Of(e.EnvironmentId, "has another parent now", new() { ["parent"] = e.Parent.Value }),
        EnvironmentEvent.EnvironmentMoveBegun e => Of(e.EnvironmentId, "is moving to another tree; until it has arrived, it cannot be booked"),
        EnvironmentEvent.EnvironmentMoveCompleted e => Of(e.EnvironmentId, "has moved to another tree"),
        EnvironmentEvent.EnvironmentMoveAbandoned e => Of(e.EnvironmentId, "has not moved after all"),
        EnvironmentEvent.BookingMade e => Of(e.Booking, $"was booked {Span(e.Booking.Window)}, {Mode(e.Booking)}"),
        EnvironmentEvent.BookingMoved e when Entry(before, e.BookingId) is { } booking =>
            Of(booking with { Window = e.Window }, $"is booked {Span(e.Window)} now, not {Span(booking.Window)}"),
        EnvironmentEvent.BookingCancelled e when Entry(before, e.BookingId) is { } booking => Of(booking, $"is free again {Span(booking.Window)}"),
        _ => null,
    };

    private static ScheduleEntry? Entry(object? tree, BookingId id) => (tree as EnvironmentTree)?.Entry(id.Value);

    private static Telling Of(EnvironmentId id, string summary, JsonObject? details = null) => new(id.Value, id, summary, details ?? []);

    private static Telling Of(ScheduleEntry booking, string summary) => Of(booking.EnvironmentId, summary, new JsonObject
    {
        ["booking_id"] = booking.Id,
        ["mode"] = Mode(booking),
        ["from"] = booking.Window.From.ToString("O", CultureInfo.InvariantCulture),
        ["to"] = booking.Window.To.ToString("O", CultureInfo.InvariantCulture),
        ["by"] = booking.By.Value,
        ["plan_id"] = booking.PlanId?.Value,
        ["release"] = booking.Release,
    });

    private static string Mode(ScheduleEntry booking) => Snake.Case(booking.Mode.ToString());

    private static string Span(TimeWindow window) => string.Create(
        CultureInfo.InvariantCulture, $"from {window.From.UtcDateTime:yyyy-MM-dd HH:mm} to {window.To.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}
