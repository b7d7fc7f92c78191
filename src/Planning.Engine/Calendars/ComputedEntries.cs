using System.Globalization;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Domain.Rulebooks;
using Planning.Engine.Reads;

namespace Planning.Engine.Calendars;

/// <summary>Entries that nobody has made: freezes and weekly windows, worked out as far as they are asked for.</summary>
internal static class ComputedEntries
{
    /// <summary>The first of all entries after a place, by start and then by id.</summary>
    public static IEnumerable<CalendarEntry> After(
        CalendarPlace? after, CalendarFilter filter, IEnumerable<ChangeCalendar> calendars, IEnumerable<MaintenanceRow> maintenance, int limit)
    {
        // Each source is in order; the queue has the next entry of each, so that a year of windows costs no more than a page of it.
        var next = new PriorityQueue<IEnumerator<CalendarEntry>, CalendarPlace>();
        var freezes = OfFreezes(filter.Range, calendars).OrderBy(e => e.Place);
        foreach (var source in maintenance.SelectMany(row => row.Windows.Distinct().Select(window => OfWindow(filter.Range, row, window, after?.At))).Append(freezes))
            Enqueue(source.Where(e => after is not { } place || e.Place > place).GetEnumerator());
        for (var found = 0; found < limit && next.TryDequeue(out var source, out _); found++)
        {
            yield return source.Current;
            Enqueue(source);
        }

        void Enqueue(IEnumerator<CalendarEntry> source)
        {
            if (source.MoveNext())
                next.Enqueue(source, source.Current.Place);
            else
                source.Dispose();
        }
    }

    private static IEnumerable<CalendarEntry> OfFreezes(TimeWindow range, IEnumerable<ChangeCalendar> calendars) =>
        Freezes.Overlapping(calendars, range).Distinct().Select(f => new CalendarEntry(
            Ids.Derived("frz_", f.Calendar, f.Name, Text(f.Window.From), Text(f.Window.To)), CalendarKind.Freeze, f.Window, EnvironmentId: null, Environment: null,
            f.Calendar, Status: null, By: null, f.Name, ChangedAt: null));

    /// <param name="from">Occurrences that begin earlier are of no interest; null for all that overlap the range.</param>
    private static IEnumerable<CalendarEntry> OfWindow(TimeWindow range, MaintenanceRow row, MaintenanceWindow window, DateTimeOffset? from)
    {
        var zone = Zones.Of(row.ZoneId);
        for (var at = from > range.From ? from.Value : range.From; ;)
        {
            var occurrence = window.NextAfter(at, zone);
            if (occurrence.From >= range.To)
                yield break;
            yield return new CalendarEntry(
                Ids.Derived("mnt_", row.EnvironmentId.Value, window.ToString(), Text(occurrence.From)), CalendarKind.Maintenance, occurrence, row.EnvironmentId, row.Environment,
                Type: null, Status: null, By: null, Text: null, ChangedAt: null);
            at = occurrence.To;
        }
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
