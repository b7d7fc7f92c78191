using Planning.Domain.Environments;

namespace Planning.Domain.Tests.Environments;

public sealed class MaintenanceWindowTests
{
    private static readonly TimeZoneInfo Berlin = Zones.Of("Europe/Berlin");

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text + "Z", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("2027-01-15T10:00", "2027-01-17T01:00", "2027-01-17T03:00")] // Sunday 02:00 is 01:00 UTC in winter.
    [InlineData("2027-01-17T02:00", "2027-01-17T01:00", "2027-01-17T03:00")] // Within it, it is the present one.
    [InlineData("2027-01-17T03:00", "2027-01-24T01:00", "2027-01-24T03:00")] // Where it ends, the next one counts.
    [InlineData("2027-03-27T00:00", "2027-03-28T01:00", "2027-03-28T03:00")] // The clocks jump from 02:00 to 03:00.
    [InlineData("2027-10-30T00:00", "2027-10-31T00:00", "2027-10-31T02:00")] // 02:00 comes twice; the first counts.
    public void It_comes_every_week_by_the_clocks_of_its_zone(string after, string from, string to) =>
        Assert.Equal(new TimeWindow(Utc(from), Utc(to)), new MaintenanceWindow(DayOfWeek.Sunday, new TimeOnly(2, 0), 120).NextAfter(Utc(after), Berlin));

    [Fact]
    public void It_may_last_a_week()
    {
        var week = new MaintenanceWindow(DayOfWeek.Monday, TimeOnly.MinValue, MaintenanceWindow.MaxMinutes);
        var now = Utc("2027-01-15T10:00");
        Assert.Equal(new TimeWindow(Utc("2027-01-10T23:00"), Utc("2027-01-17T23:00")), week.NextAfter(now, Berlin));
    }
}
