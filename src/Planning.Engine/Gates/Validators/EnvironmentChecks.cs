using Planning.Artifacts;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Gates.Validators;

/// <summary>The environments that a plan has booked: whether they are there when it is executed, with what it needs in them.</summary>
internal static class EnvironmentChecks
{
    public const string RetiredRule = "timeline.environment_retired";
    public const string RefreshedRule = "timeline.environment_refreshed";
    public const string BookingOutsideRule = "timeline.booking_outside_window";
    public const string BookingFreezeRule = "timeline.booking_in_freeze";

    /// <param name="zone">In which the window's days are counted; UTC when null.</param>
    public static IEnumerable<Finding> Of(
        WindowOfPlan? window, IEnumerable<PlanBooking> bookings, IReadOnlyCollection<ChangeCalendar> calendars, TimeZoneInfo? zone) =>
        bookings.SelectMany(booking => Of(window, booking, calendars, zone));

    private static IEnumerable<Finding> Of(WindowOfPlan? window, PlanBooking booked, IReadOnlyCollection<ChangeCalendar> calendars, TimeZoneInfo? zone)
    {
        var (entry, tree) = (booked.Entry, booked.Tree);
        var environment = tree.Find(entry.EnvironmentId)!;
        if (environment.Retired)
            yield return Found(RetiredRule, Severity.Error, entry, $"{environment.Name} ({environment.Id}), which the plan has booked, is retired.", "Book another environment.");
        foreach (var refresh in booked.Refreshes)
        {
            var reached = Reaches(refresh, entry, tree);
            var loses = refresh.Scope.Destroys.Any(asset => asset != Asset.Sessions);
            yield return Found(
                RefreshedRule, reached && loses ? Severity.Error : Severity.Warning, entry,
                $"The refresh {refresh.Id} ({refresh.Type}) takes {Named(refresh.EnvironmentId, tree)} from {refresh.Window}, within the plan's booking {entry.Window} of {environment.Name}"
                    + (reached ? $", and destroys {string.Join(", ", refresh.Scope.Destroys.Select(asset => Domain.Snake.Case(asset.ToString())))}." : "."),
                $"Move the booking. {Next(booked, calendars)}", refresh.Id.Value);
        }
        foreach (var freeze in Domain.Refreshes.Freezes.Overlapping(calendars, entry.Window))
        {
            yield return Found(
                BookingFreezeRule, Severity.Warning, entry, $"The plan's booking {entry.Window} of {environment.Name} meets the change freeze {freeze.Name} of the calendar {freeze.Calendar}.",
                $"Move the booking. {Next(booked, calendars)}", $"{freeze.Calendar}/{freeze.Name}");
        }
        if (window is not null && Outside(entry.Window, window, zone))
        {
            yield return Found(
                BookingOutsideRule, Severity.Warning, entry,
                $"The plan's booking {entry.Window} of {environment.Name} lies outside of the plan's window, {window.Start:yyyy-MM-dd} to {window.End:yyyy-MM-dd}.",
                "Move the booking or the window.");
        }
    }

    private static bool Reaches(Refresh refresh, ScheduleEntry entry, EnvironmentTree tree) =>
        refresh.EnvironmentId == entry.EnvironmentId || (refresh.Scope.WithChildren && tree.Upwards(entry.EnvironmentId).Any(above => above.Id == refresh.EnvironmentId));

    private static string Next(PlanBooking booked, IReadOnlyCollection<ChangeCalendar> calendars)
    {
        var (entry, horizon) = (booked.Entry, FreeWindow.Horizon);
        var closed = Domain.Refreshes.Freezes.Overlapping(calendars, entry.Window with { To = entry.Window.To + horizon }).Select(freeze => freeze.Window);
        return ConflictDetection.Told(FreeWindow.Next(booked.Tree, entry.EnvironmentId, entry.Mode, entry.Window, entry.Id, [.. closed]));
    }

    private static string Named(Domain.EnvironmentId id, EnvironmentTree tree) => tree.Find(id)?.Name is { } name ? $"{name} ({id})" : id.Value;

    private static Finding Found(string rule, Severity severity, ScheduleEntry entry, string message, string advice, string key = "") =>
        Place.Whole(WindowOfPlan.PlanFields, rule, severity, message, advice, $"{entry.Id} {key}");

    private static bool Outside(TimeWindow booking, WindowOfPlan window, TimeZoneInfo? zone) =>
        PlanZone.DayOf(booking.To, zone) < window.Start || PlanZone.DayOf(booking.From, zone) > window.End;
}
