using System.Text;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.Calendars;
using Planning.Engine.Reads;
using Xunit;

namespace Planning.Engine.Tests.Calendars;

/// <summary>Feeds as RFC 5545 has them: lines, zones with every change of their clocks, what repeats.</summary>
public sealed class FeedWriterTests
{
    private static readonly TimeWindow Year = new(Utc(2027, 1, 1), Utc(2028, 1, 1));

    [Fact]
    public void A_feed_has_the_lines_that_every_calendar_must_have()
    {
        var text = Text(Feed("Europe/Berlin"), [Booking("bkg_1", Utc(2027, 2, 1, 9), 60, "tests")]);

        Assert.StartsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Planning//Calendar//EN\r\n", text, StringComparison.Ordinal);
        Assert.EndsWith("END:VEVENT\r\nEND:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        foreach (var line in new[] { "UID:bkg_1@planning", "DTSTAMP:20270101T120000Z", "DTSTART;TZID=Europe/Berlin:20270201T100000", "DTEND;TZID=Europe/Berlin:20270201T110000", "SUMMARY:Staging booked: tests", "STATUS:CONFIRMED", "CATEGORIES:BOOKING" })
            Assert.Contains($"\r\n{line}\r\n", text, StringComparison.Ordinal);
        Assert.Equal(text, Text(Feed("Europe/Berlin"), [Booking("bkg_1", Utc(2027, 2, 1, 9), 60, "tests")]));
    }

    [Fact]
    public void Long_lines_are_folded_at_75_octets_and_never_within_a_character()
    {
        var purpose = string.Concat(Enumerable.Repeat("Zürich 測試 🚀 ", 20)).Trim();

        var bytes = FeedWriter.Write(Feed("Etc/UTC"), Year, [Booking("bkg_1", Utc(2027, 2, 1, 9), 60, purpose)], []);

        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        var lines = new List<byte[]>();
        for (var start = 0; start < bytes.Length;)
        {
            var end = bytes.AsSpan(start).IndexOf("\r\n"u8) + start;
            lines.Add(bytes[start..end]);
            start = end + 2;
        }
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 75));
        Assert.All(lines, line => strict.GetString(line));
        Assert.Contains(lines, line => line.Length > 71 && line[0] == ' ');
        Assert.Contains($"\r\nSUMMARY:Staging booked: {purpose}\r\n", Encoding.UTF8.GetString(bytes).Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_are_escaped_and_cannot_become_lines_of_their_own()
    {
        var text = Text(Feed("Etc/UTC"), [Booking("bkg_1", Utc(2027, 2, 1, 9), 60, "a,b;c\\d\r\nATTENDEE:mailto:x\u0007\rEND:VEVENT")]);

        Assert.Contains("\r\nSUMMARY:Staging booked: a\\,b\\;c\\\\d\\nATTENDEE:mailto:x\\nEND:VEVENT\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nATTENDEE", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("END:VEVENT").Length - 1);
    }

    [Theory]
    [InlineData("Europe/Berlin", "DAYLIGHT", "20270328T020000", "+0100", "+0200")]
    [InlineData("Europe/Berlin", "STANDARD", "20271031T030000", "+0200", "+0100")]
    [InlineData("Australia/Sydney", "STANDARD", "20270404T030000", "+1100", "+1000")]
    [InlineData("Australia/Sydney", "DAYLIGHT", "20271003T020000", "+1000", "+1100")]
    [InlineData("America/St_Johns", "DAYLIGHT", "20270314T020000", "-0330", "-0230")]
    [InlineData("Australia/Lord_Howe", "STANDARD", "20270404T020000", "+1100", "+1030")]
    public void A_zone_has_every_change_of_its_clocks(string zone, string kind, string at, string before, string after)
    {
        var text = Text(Feed(zone), []);

        Assert.Contains($"BEGIN:{kind}\r\nDTSTART:{at}\r\nTZOFFSETFROM:{before}\r\nTZOFFSETTO:{after}\r\nEND:{kind}\r\n", text, StringComparison.Ordinal);
        // What holds at the beginning, and the two changes of the year.
        Assert.Equal(3, text.Split("TZOFFSETFROM").Length - 1);
    }

    [Fact]
    public void A_zone_without_changes_has_its_one_offset()
    {
        var text = Text(Feed("Asia/Kolkata"), []);

        Assert.Contains("BEGIN:VTIMEZONE\r\nTZID:Asia/Kolkata\r\nBEGIN:STANDARD\r\nDTSTART:", text, StringComparison.Ordinal);
        Assert.Contains("TZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split("TZOFFSETFROM").Length - 1);
    }

    [Fact]
    public void Times_around_both_changes_are_what_the_clocks_show_and_the_repeated_hour_is_not_lost()
    {
        var text = Text(Feed("Europe/Berlin"),
        [
            Booking("bkg_1", Utc(2027, 3, 28, 0, 30), 60, null),
            Booking("bkg_2", Utc(2027, 10, 31, 0, 30), 60, null),
        ]);

        Assert.Contains("DTSTART;TZID=Europe/Berlin:20270328T013000\r\nDTEND;TZID=Europe/Berlin:20270328T033000\r\n", text, StringComparison.Ordinal);
        // 02:30 comes twice that night: the first by the clocks, the second, an hour later, in UTC.
        Assert.Contains("DTSTART;TZID=Europe/Berlin:20271031T023000\r\nDTEND:20271031T013000Z\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_maintenance_window_repeats_every_week_by_the_clocks_of_its_environment()
    {
        var row = new MaintenanceRow(new EnvironmentId("env_1"), "Staging", "Australia/Sydney", [new(DayOfWeek.Sunday, new TimeOnly(2, 30), 90)]);

        var text = Encoding.UTF8.GetString(FeedWriter.Write(Feed("Europe/Berlin"), Year, [], [row])).Replace("\r\n ", "", StringComparison.Ordinal);

        Assert.Contains("\r\nTZID:Australia/Sydney\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\nTZID:Europe/Berlin\r\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "DTSTART;TZID=Australia/Sydney:20270103T023000\r\nDURATION:PT90M\r\nRRULE:FREQ=WEEKLY;UNTIL=20280101T000000Z\r\nSUMMARY:Maintenance window of Staging\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_yet_approved_is_tentative_and_a_freeze_takes_nobodys_time()
    {
        var draft = new CalendarEntry("rfr_1", CalendarKind.Refresh, new(Utc(2027, 2, 1), Utc(2027, 2, 2)), new EnvironmentId("env_1"), null, "reset", "REQUESTED", new PersonId("per_1"), "why", Utc(2027, 1, 5));
        var freeze = new CalendarEntry("frz_1", CalendarKind.Freeze, new(Utc(2027, 3, 1), Utc(2027, 3, 3)), null, null, "company", null, null, "Quarter end", null);

        var text = Text(Feed("Etc/UTC"), [draft, draft with { Id = "rfr_2", Status = "SCHEDULED" }, freeze]);

        Assert.Contains("SUMMARY:Refresh of env_1: reset\r\nDESCRIPTION:why\\nREQUESTED\\, requested by per_1\r\nLOCATION:env_1\r\nCATEGORIES:REFRESH\r\nSTATUS:TENTATIVE\r\n", text, StringComparison.Ordinal);
        Assert.Contains("STATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\n", text, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Change freeze: Quarter end\r\nDESCRIPTION:Calendar company\r\nCATEGORIES:FREEZE\r\nSTATUS:CONFIRMED\r\nTRANSP:TRANSPARENT\r\n", text, StringComparison.Ordinal);
    }

    private static DateTimeOffset Utc(int year, int month, int day, int hour = 0, int minute = 0) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);

    private static CalendarFeed Feed(string zone) => new("fed_1", new WorkspaceId("wsp"), new PersonId("per_1"), [], zone, null, new byte[32], Utc(2027, 1, 1));

    private static CalendarEntry Booking(string id, DateTimeOffset from, int minutes, string? purpose) => new(
        id, CalendarKind.Booking, new TimeWindow(from, from.AddMinutes(minutes)), new EnvironmentId("env_1"), "Staging", "exclusive", null, new PersonId("per_1"), purpose, Utc(2027, 1, 1, 12));

    private static string Text(CalendarFeed feed, IReadOnlyCollection<CalendarEntry> entries) =>
        Encoding.UTF8.GetString(FeedWriter.Write(feed, Year, entries, [])).Replace("\r\n ", "", StringComparison.Ordinal);
}
