using System.Collections.Immutable;
using Planning.Domain.Rulebooks;
using Planning.Engine.Reads;

namespace Planning.Engine.Calendars;

/// <param name="Next">Of the last entry, where more follow; null on the last page.</param>
/// <param name="Mark">The page holds as long as the calendar's mark is this, and the same rulebook is active.</param>
public sealed record CalendarPage(ImmutableArray<CalendarEntry> Entries, CalendarPlace? Next, long Mark);

/// <summary>
/// A page of a calendar: stored and computed entries in one order. Both sides are asked for one entry more than the page has,
/// from the same place on, so that whatever stands on a page stands there exactly once, whichever side it comes from.
/// </summary>
public static class CalendarReader
{
    /// <exception cref="Log.LogUnavailableException">The database cannot be reached.</exception>
    public static async ValueTask<CalendarPage> ReadAsync(
        IReadModels reads, Rulebook rules, Viewer viewer, CalendarFilter filter, CalendarPlace? after, int limit, CancellationToken cancellation)
    {
        var stored = filter.Takes(CalendarKind.Booking) || filter.Takes(CalendarKind.Refresh)
            ? await reads.ReadCalendarAsync(viewer, filter, after, limit + 1, cancellation)
            : new CalendarSlice([], await reads.CalendarMarkAsync(viewer.Workspace, cancellation));
        // Read after the mark: what changes in between moves the mark away from this page's.
        var maintenance = filter.Takes(CalendarKind.Maintenance) ? await reads.ListMaintenanceAsync(viewer, filter, cancellation) : [];
        var calendars = filter.Takes(CalendarKind.Freeze) ? rules.Calendars : [];
        var entries = stored.Entries.Concat(ComputedEntries.After(after, filter, calendars, maintenance, limit + 1)).OrderBy(e => e.Place).Take(limit + 1).ToImmutableArray();
        return entries.Length > limit
            ? new CalendarPage(entries[..limit], entries[limit - 1].Place, stored.Mark)
            : new CalendarPage(entries, Next: null, stored.Mark);
    }
}
