using System.Collections.Immutable;
using System.Globalization;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Domain.Rulebooks;
using static Planning.Domain.Tests.Environments.Grounds;

namespace Planning.Domain.Tests.Refreshes;

/// <summary>Change freezes and maintenance windows, whose days and hours are those of their zone's clocks; and windows that skip what is closed.</summary>
public sealed class FreezeTests
{
    /// <summary>Clocks in Berlin jump from 02:00 to 03:00 on 2027-03-28 and from 03:00 back to 02:00 on 2027-10-31.</summary>
    [Theory]
    [InlineData("Europe/Berlin", "2027-01-15", "2027-01-14T23:00", "2027-01-15T23:00")]
    [InlineData("Europe/Berlin", "2027-03-28", "2027-03-27T23:00", "2027-03-28T22:00")]
    [InlineData("Europe/Berlin", "2027-10-31", "2027-10-30T22:00", "2027-10-31T23:00")]
    [InlineData("America/New_York", "2027-01-15", "2027-01-15T05:00", "2027-01-16T05:00")]
    [InlineData("Pacific/Kiritimati", "2027-01-15", "2027-01-14T10:00", "2027-01-15T10:00")]
    [InlineData("Asia/Kolkata", "2027-01-15", "2027-01-14T18:30", "2027-01-15T18:30")]
    public void A_freeze_holds_from_midnight_to_midnight_of_its_zone_also_when_clocks_change(string zone, string day, string from, string to)
    {
        var calendar = Calendar("ops", zone, ("f", day, day));
        var span = new TimeWindow(Utc(from), Utc(to));

        Assert.Equal(new Freezes.Span("ops", "f", span), Assert.Single(Freezes.Overlapping([calendar], new TimeWindow(span.From.AddSeconds(-1), span.From.AddTicks(1)))));
        Assert.Single(Freezes.Overlapping([calendar], new TimeWindow(span.To.AddTicks(-1), span.To.AddHours(1))));
        Assert.Empty(Freezes.Overlapping([calendar], new TimeWindow(span.From.AddHours(-1), span.From)));
        Assert.Empty(Freezes.Overlapping([calendar], new TimeWindow(span.To, span.To.AddHours(1))));
        // The rule of plans says the same of its first and last moments.
        Assert.Equal(("f", null), (calendar.FreezeAt(span.From)?.Name, calendar.FreezeAt(span.From.AddTicks(-1))?.Name));
        Assert.Equal(("f", null), (calendar.FreezeAt(span.To.AddTicks(-1))?.Name, calendar.FreezeAt(span.To)?.Name));
    }

    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Pacific/Pago_Pago")]
    [InlineData("Etc/UTC")]
    public void A_freeze_may_hold_for_ever(string zone)
    {
        var freeze = Assert.Single(Freezes.Overlapping([Calendar("ops", zone, ("f", "0001-01-01", "9999-12-31"))], Hours(2, 4)));
        Assert.True(freeze.Window.From < World.Now.AddYears(-2000) && freeze.Window.To > World.Now.AddYears(7000));
        Assert.Single(Freezes.Overlapping([Calendar("ops", zone, ("f", "2027-01-01", "9999-12-30"))], Hours(2, 4)));
    }

    [Fact]
    public void A_freeze_is_blocking_and_says_what_to_do()
    {
        var conflict = Assert.Single(ConflictDetection.Find(Tree, ConflictDetectionTests.Wish(Qa), [Calendar("ops", "Europe/Berlin", ("year end", "2027-01-10", "2027-01-15"))]).Worst);
        Assert.Equal(("ops/year end", ConflictKind.Freeze, ConflictSeverity.Blocking), (conflict.Id, conflict.Kind, conflict.Severity));
        Assert.Equal("The change freeze year end of the calendar ops holds from 2027-01-09 23:00Z to 2027-01-15 23:00Z. Move the refresh out of it.", conflict.Message);
    }

    /// <summary>Sundays from 02:00 for two hours in Berlin.</summary>
    [Theory]
    [InlineData("2027-01-17T01:00", "2027-01-17T03:00", null)] // All of it.
    [InlineData("2027-01-17T01:30", "2027-01-17T02:00", null)]
    [InlineData("2027-01-17T00:59", "2027-01-17T02:00", "2027-01-17 01:00Z to 2027-01-17 03:00Z")] // Begins early.
    [InlineData("2027-01-17T02:00", "2027-01-17T03:01", "2027-01-17 01:00Z to 2027-01-17 03:00Z")] // Ends late.
    [InlineData("2027-01-17T03:00", "2027-01-17T04:00", "2027-01-24 01:00Z to 2027-01-24 03:00Z")] // The next is a week later.
    [InlineData("2027-03-28T01:00", "2027-03-28T03:00", null)] // Clocks jump over 02:00: it begins at 03:00 and lasts its two hours.
    [InlineData("2027-03-28T00:00", "2027-03-28T01:00", "2027-03-28 01:00Z to 2027-03-28 03:00Z")]
    [InlineData("2027-10-31T00:00", "2027-10-31T02:00", null)] // 02:00 comes twice; the first counts.
    [InlineData("2027-10-31T01:00", "2027-10-31T02:30", "2027-10-31 00:00Z to 2027-10-31 02:00Z")]
    public void A_window_outside_of_maintenance_is_a_minor_conflict(string from, string to, string? next)
    {
        var tree = After(Tree, Owner, new EnvironmentCommand.Change(Qa, MaintenanceWindows: [new MaintenanceWindow(DayOfWeek.Sunday, new TimeOnly(2, 0), 120)]));
        var found = ConflictDetection.Find(tree, ConflictDetectionTests.Wish(Qa) with { Window = new TimeWindow(Utc(from), Utc(to)) }, []).Worst;
        if (next is null)
        {
            Assert.Empty(found);
            return;
        }
        var conflict = Assert.Single(found);
        Assert.Equal(("env_qa", ConflictKind.Maintenance, ConflictSeverity.Minor, false), (conflict.Id, conflict.Kind, conflict.Severity, conflict.StandsInTheWay));
        Assert.Equal($"It is not within a maintenance window of qa; the next is {next}.", conflict.Message);
    }

    [Fact]
    public void One_of_several_maintenance_windows_is_enough()
    {
        MaintenanceWindow[] windows = [new(DayOfWeek.Sunday, new TimeOnly(2, 0), 60), new(DayOfWeek.Friday, new TimeOnly(12, 0), 600)];
        var tree = After(Tree, Owner, new EnvironmentCommand.Change(Qa, MaintenanceWindows: [.. windows]));
        Assert.Equal(0, ConflictDetection.Find(tree, ConflictDetectionTests.Wish(Qa), []).Count);
    }

    [Fact]
    public void The_next_free_window_skips_freezes_bookings_and_other_refreshes()
    {
        var tree = After(Tree, User, Book("bkg_1", Qa, Hours(0, 5)), Book("bkg_2", QaDb, Hours(14.5, 16), BookingMode.Shared));
        var wish = ConflictDetectionTests.Wish(Qa) with { Window = Hours(2, 4) };
        Assert.Equal(Hours(5, 7), ConflictDetection.NextFree(tree, wish, []));
        // The 15th of Berlin ends at 23:00Z, which is 13 hours from now; what is booked after that leaves an hour and a half.
        Assert.Equal(Hours(16, 18), ConflictDetection.NextFree(tree, wish, [Calendar("ops", "Europe/Berlin", ("f", "2027-01-15", "2027-01-15"))]));
        Assert.Equal(Hours(13, 14), ConflictDetection.NextFree(tree, wish with { Window = Hours(2, 3) }, [Calendar("ops", "Europe/Berlin", ("f", "2027-01-15", "2027-01-15"))]));
    }

    [Fact]
    public void Where_it_is_frozen_for_a_year_there_is_none()
    {
        var wish = ConflictDetectionTests.Wish(Qa);
        var none = ConflictDetection.NextFree(Tree, wish, [Calendar("ops", "Etc/UTC", ("f", "2027-01-01", "2028-02-01"))]);
        Assert.Null(none);
        Assert.Equal("There is no free window of this length within 366 days.", ConflictDetection.Told(none));
        Assert.Equal("The next free window of this length is 2027-01-15 12:00Z to 2027-01-15 14:00Z.", ConflictDetection.Told(Hours(2, 4)));
    }

    internal static ChangeCalendar Calendar(string name, string zone, params (string Name, string From, string To)[] freezes) =>
        new(name, zone, [.. freezes.Select(f => new ChangeFreeze(f.Name, Day(f.From), Day(f.To)))]);

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text + "Z", CultureInfo.InvariantCulture);
}
