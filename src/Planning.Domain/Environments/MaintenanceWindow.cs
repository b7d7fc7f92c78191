namespace Planning.Domain.Environments;

/// <summary>
/// Once a week, in the environment's own zone: when changes of it are expected. It begins when the zone's clocks show the
/// start, at the first of two such moments, and where clocks jump over it, when they have jumped; it lasts its minutes.
/// </summary>
public sealed record MaintenanceWindow(DayOfWeek Day, TimeOnly Start, int Minutes)
{
    public const int MaxMinutes = 7 * 24 * 60;

    /// <summary>The first occurrence that ends after an instant.</summary>
    public TimeWindow NextAfter(DateTimeOffset instant, TimeZoneInfo zone)
    {
        // A week and the longest window earlier nothing can begin that still lasts.
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime).AddDays(-8);
        while (day.DayOfWeek != Day)
            day = day.AddDays(1);
        for (; ; day = day.AddDays(7))
        {
            var from = Zones.Instant(day.ToDateTime(Start), zone);
            var occurrence = new TimeWindow(from, from.AddMinutes(Minutes));
            if (occurrence.To > instant)
                return occurrence;
        }
    }
}
