using Planning.Domain.Environments;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Refreshes;

/// <summary>Change freezes as spans of time: from the first moment of their first day to the end of their last, by their calendar's clocks.</summary>
public static class Freezes
{
    public sealed record Span(string Calendar, string Name, TimeWindow Window);

    public static IEnumerable<Span> Overlapping(IEnumerable<ChangeCalendar> calendars, TimeWindow window) =>
        from calendar in calendars
        let zone = Zones.Of(calendar.ZoneId)
        from freeze in calendar.Freezes
        let span = new TimeWindow(Midnight(freeze.From, zone), freeze.To < DateOnly.MaxValue ? Midnight(freeze.To.AddDays(1), zone) : DateTimeOffset.MaxValue)
        where span.Overlaps(window)
        select new Span(calendar.Name, freeze.Name, span);

    /// <summary>Before this a midnight east of Greenwich has no instant.</summary>
    private static readonly DateOnly First = DateOnly.MinValue.AddDays(1);

    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone) => Zones.Instant((day < First ? First : day).ToDateTime(TimeOnly.MinValue), zone);
}
