using System.Globalization;
using Planning.Domain.Environments;

namespace Planning.Engine.Calendars;

/// <summary>A VTIMEZONE: which offset a zone's clocks have at the beginning of a span, and every change within it (RFC 5545, 3.6.5).</summary>
internal static class ZoneObservances
{
    /// <param name="From">As the clocks show it that are about to be changed.</param>
    internal sealed record Observance(DateTime From, TimeSpan OffsetBefore, TimeSpan OffsetAfter, bool IsDaylight);

    public static void AddTo(ContentLines lines, string zoneId, TimeWindow span)
    {
        lines.Add("BEGIN:VTIMEZONE");
        lines.Add($"TZID:{zoneId}");
        foreach (var observance in Of(Zones.Of(zoneId), span))
        {
            var kind = observance.IsDaylight ? "DAYLIGHT" : "STANDARD";
            lines.Add($"BEGIN:{kind}");
            lines.Add($"DTSTART:{observance.From.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}");
            lines.Add($"TZOFFSETFROM:{Text(observance.OffsetBefore)}");
            lines.Add($"TZOFFSETTO:{Text(observance.OffsetAfter)}");
            lines.Add($"END:{kind}");
        }
        lines.Add("END:VTIMEZONE");
    }

    /// <summary>Found by asking for the offset, day by day: whatever the zone's rules are made of, the answer is what the clocks show.</summary>
    internal static IEnumerable<Observance> Of(TimeZoneInfo zone, TimeWindow span)
    {
        var offset = zone.GetUtcOffset(span.From);
        yield return new Observance(span.From.UtcDateTime + offset, offset, offset, zone.IsDaylightSavingTime(span.From));
        for (var day = span.From; day < span.To; day = day.AddDays(1))
        {
            if (zone.GetUtcOffset(day.AddDays(1)) is var later && later == offset)
                continue;
            var at = ChangeBetween(zone, day, day.AddDays(1));
            yield return new Observance(at.UtcDateTime + offset, offset, later, zone.IsDaylightSavingTime(at));
            offset = later;
        }
    }

    /// <summary>To the second.</summary>
    private static DateTimeOffset ChangeBetween(TimeZoneInfo zone, DateTimeOffset before, DateTimeOffset after)
    {
        var old = zone.GetUtcOffset(before);
        var (low, high) = (0L, (long)(after - before).TotalSeconds);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (zone.GetUtcOffset(before.AddSeconds(middle)) == old)
                low = middle;
            else
                high = middle;
        }
        return before.AddSeconds(high);
    }

    private static string Text(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(offset.Seconds == 0 ? "hhmm" : "hhmmss", CultureInfo.InvariantCulture);
}
