using System.Globalization;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Engine.Reads;

namespace Planning.Engine.Calendars;

/// <summary>
/// A calendar as an iCalendar file (RFC 5545). It has the same bytes for the same entries, whenever it is written, so that its
/// hash tells whether anything has changed. What is cancelled is not in it any more.
/// </summary>
public static class FeedWriter
{
    private static readonly string[] Planned = [RefreshLifecycle.Wire(RefreshStatus.Draft), RefreshLifecycle.Wire(RefreshStatus.Requested)];

    /// <param name="range">Whole days; zones are described for it.</param>
    /// <param name="entries">Without maintenance windows: these are written as what repeats.</param>
    public static byte[] Write(CalendarFeed feed, TimeWindow range, IReadOnlyCollection<CalendarEntry> entries, IReadOnlyCollection<MaintenanceRow> maintenance)
    {
        var lines = new ContentLines();
        lines.Add("BEGIN:VCALENDAR");
        lines.Add("VERSION:2.0");
        lines.Add("PRODID:-//Planning//Calendar//EN");
        lines.Add("CALSCALE:GREGORIAN");
        lines.AddText("X-WR-CALNAME", "Environments");
        lines.Add("REFRESH-INTERVAL;VALUE=DURATION:PT15M");
        // What overlaps the range begins before it, and may end after it.
        var span = new TimeWindow(entries.Select(e => e.Window.From).Append(range.From).Min().AddDays(-8), entries.Select(e => e.Window.To).Append(range.To).Max().AddDays(8));
        foreach (var zone in maintenance.Select(row => row.ZoneId).Append(feed.ZoneId).Distinct().Order(StringComparer.Ordinal))
            ZoneObservances.AddTo(lines, zone, span);
        foreach (var entry in entries)
            AddEntry(lines, feed, entry);
        foreach (var row in maintenance.OrderBy(row => row.EnvironmentId.Value, StringComparer.Ordinal))
        {
            foreach (var window in row.Windows.Distinct())
                AddWindow(lines, feed, range, row, window);
        }
        lines.Add("END:VCALENDAR");
        return lines.ToArray();
    }

    private static void AddEntry(ContentLines lines, CalendarFeed feed, CalendarEntry entry)
    {
        var zone = Zones.Of(feed.ZoneId);
        var where = entry.Environment ?? entry.EnvironmentId?.Value;
        lines.Add("BEGIN:VEVENT");
        lines.Add($"UID:{entry.Id}@planning");
        lines.Add($"DTSTAMP:{Utc(entry.ChangedAt ?? feed.CreatedAt)}");
        lines.Add(Local("DTSTART", entry.Window.From, feed.ZoneId, zone));
        lines.Add(Local("DTEND", entry.Window.To, feed.ZoneId, zone));
        lines.AddText("SUMMARY", entry.Kind switch
        {
            CalendarKind.Freeze => $"Change freeze: {entry.Text}",
            CalendarKind.Refresh => $"Refresh of {where}: {entry.Type}",
            _ => $"{where} booked{(entry.Text is { } purpose ? $": {purpose}" : "")}",
        });
        lines.AddText("DESCRIPTION", Description(entry));
        lines.AddText("LOCATION", where);
        lines.Add($"CATEGORIES:{entry.Kind.ToString().ToUpperInvariant()}");
        lines.Add($"STATUS:{(entry.Status is { } status && Planned.Contains(status) ? "TENTATIVE" : "CONFIRMED")}");
        lines.Add($"TRANSP:{(entry.Kind == CalendarKind.Freeze ? "TRANSPARENT" : "OPAQUE")}");
        lines.Add("END:VEVENT");
    }

    /// <summary>Once a week by the clocks of the environment's zone, for as many minutes; up to the end of what the feed covers.</summary>
    private static void AddWindow(ContentLines lines, CalendarFeed feed, TimeWindow range, MaintenanceRow row, MaintenanceWindow window)
    {
        var zone = Zones.Of(row.ZoneId);
        var first = TimeZoneInfo.ConvertTime(window.NextAfter(range.From, zone).From, zone).Date + window.Start.ToTimeSpan();
        lines.Add("BEGIN:VEVENT");
        lines.Add($"UID:{Ids.Derived("mnt_", row.EnvironmentId.Value, window.ToString())}@planning");
        lines.Add($"DTSTAMP:{Utc(feed.CreatedAt)}");
        lines.Add($"DTSTART;TZID={row.ZoneId}:{Text(first)}");
        lines.Add($"DURATION:PT{window.Minutes.ToString(CultureInfo.InvariantCulture)}M");
        lines.Add($"RRULE:FREQ=WEEKLY;UNTIL={Utc(range.To)}");
        lines.AddText("SUMMARY", $"Maintenance window of {row.Environment}");
        lines.AddText("LOCATION", row.Environment);
        lines.Add("CATEGORIES:MAINTENANCE");
        lines.Add("STATUS:CONFIRMED");
        lines.Add("TRANSP:TRANSPARENT");
        lines.Add("END:VEVENT");
    }

    private static string? Description(CalendarEntry entry) => entry.Kind switch
    {
        CalendarKind.Freeze => $"Calendar {entry.Type}",
        CalendarKind.Refresh => $"{entry.Text}\n{entry.Status}, requested by {entry.By}",
        _ => $"{entry.Type}, booked by {entry.By}",
    };

    /// <summary>In the zone's local time. Where clocks show a time twice, it means the first; the second is written in UTC.</summary>
    private static string Local(string property, DateTimeOffset at, string zoneId, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return zone.IsAmbiguousTime(local.DateTime) && local.Offset != zone.GetAmbiguousTimeOffsets(local.DateTime).Max()
            ? $"{property}:{Utc(at)}"
            : $"{property};TZID={zoneId}:{Text(local.DateTime)}";
    }

    private static string Utc(DateTimeOffset at) => Text(at.UtcDateTime) + "Z";

    private static string Text(DateTime at) => at.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
}
