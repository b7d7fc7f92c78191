using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Xunit;

namespace Planning.Domain.Tests.Rulebooks;

public sealed class ChangeCalendarTests
{
    /// <summary>Clocks in New York go forward on 2026-03-08 and back on 2026-11-01.</summary>
    [Theory]
    [InlineData("America/New_York", "2026-03-08", "2026-03-08T04:59:59Z", false)]
    [InlineData("America/New_York", "2026-03-08", "2026-03-08T05:00:00Z", true)]
    [InlineData("America/New_York", "2026-03-08", "2026-03-09T03:59:59Z", true)]
    [InlineData("America/New_York", "2026-03-08", "2026-03-09T04:00:00Z", false)]
    [InlineData("America/New_York", "2026-11-01", "2026-11-01T03:59:59Z", false)]
    [InlineData("America/New_York", "2026-11-01", "2026-11-01T04:00:00Z", true)]
    [InlineData("America/New_York", "2026-11-01", "2026-11-02T04:59:59Z", true)]
    [InlineData("America/New_York", "2026-11-01", "2026-11-02T05:00:00Z", false)]
    [InlineData("Pacific/Kiritimati", "2026-06-01", "2026-05-31T10:00:00Z", true)]
    [InlineData("Asia/Kolkata", "2026-06-01", "2026-05-31T18:29:59Z", false)]
    [InlineData("Asia/Kolkata", "2026-06-01", "2026-05-31T18:30:00Z", true)]
    [InlineData("Etc/UTC", "2026-06-01", "2026-06-01T23:59:59Z", true)]
    [InlineData("Etc/UTC", "2026-06-01", "2026-06-02T01:00:00+02:00", true)]
    public void A_freeze_holds_through_the_days_of_its_zone_also_when_clocks_change(string zone, string day, string at, bool holds)
    {
        var calendar = new ChangeCalendar("c", zone, [new ChangeFreeze("f", DateOnly.Parse(day), DateOnly.Parse(day))]);
        Assert.Equal(holds ? "f" : null, calendar.FreezeAt(DateTimeOffset.Parse(at))?.Name);
    }

    [Fact]
    public void A_window_is_told_every_freeze_that_it_touches()
    {
        var calendar = new ChangeCalendar("c", "Etc/UTC", [Freeze("a", 1, 3), Freeze("b", 5, 5), Freeze("c", 9, 12)]);
        Assert.Equal(["a", "b"], calendar.Overlapping(new PlanWindow(new DateOnly(2026, 1, 3), new DateOnly(2026, 1, 8))).Select(f => f.Name));
        Assert.Equal(["c"], calendar.Overlapping(new PlanWindow(new DateOnly(2026, 1, 10), new DateOnly(2026, 1, 11))).Select(f => f.Name));
        Assert.Empty(calendar.Overlapping(new PlanWindow(new DateOnly(2026, 1, 4), new DateOnly(2026, 1, 4))));
    }

    [Theory]
    [InlineData("Europe/Zurich", true)]
    [InlineData("Etc/UTC", true)]
    [InlineData("Europe/Zurch", false)]
    [InlineData("W. Europe Standard Time", false)]
    [InlineData("../../../etc/passwd", false)]
    [InlineData("", false)]
    public void A_zone_is_one_of_the_IANA_database(string zone, bool known) => Assert.Equal(known, ChangeCalendar.IsZone(zone));

    private static ChangeFreeze Freeze(string name, int from, int to) => new(name, new DateOnly(2026, 1, from), new DateOnly(2026, 1, to));
}
