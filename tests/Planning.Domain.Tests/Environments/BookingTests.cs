using Planning.Domain.Environments;
using static Planning.Domain.Tests.Environments.Grounds;

namespace Planning.Domain.Tests.Environments;

public sealed class BookingTests
{
    [Fact]
    public void An_exclusive_booking_keeps_others_from_the_environment_and_from_what_is_above_and_below_it()
    {
        var tree = After(Tree, User, Book("bkg_1", Qa, Hours(2, 4)));
        foreach (var related in (EnvironmentId[])[Staging, Qa, QaDb])
        {
            Assert.Equal("environment_taken", Code(tree, Book("bkg_2", related, Hours(3, 5)), OtherUser));
            Assert.Equal("environment_taken", Code(tree, Book("bkg_2", related, Hours(3, 5), BookingMode.Shared), OtherUser));
        }
        Assert.Null(Code(tree, Book("bkg_2", Perf, Hours(3, 5)), OtherUser));
    }

    [Fact]
    public void Shared_bookings_share_and_refuse_one_that_wants_it_alone()
    {
        var tree = After(Tree, User, Book("bkg_1", Qa, Hours(2, 4), BookingMode.Shared), Book("bkg_2", Qa, Hours(3, 5), BookingMode.Shared));
        Assert.Null(Code(tree, Book("bkg_3", QaDb, Hours(3, 4), BookingMode.Shared), OtherUser));
        var refused = Refusal(tree, Book("bkg_3", QaDb, Hours(3, 4)), OtherUser)!;
        Assert.Equal(["environment_taken", "environment_taken", "next_free_window"], refused.Details.Select(d => d.Code));
        Assert.Equal(["bkg_1", "bkg_2"], refused.Details.Take(2).Select(d => d.Source));
    }

    [Fact]
    public void Windows_that_only_touch_do_not_meet()
    {
        var tree = After(Tree, User, Book("bkg_1", Qa, Hours(2, 4)));
        Assert.Null(Code(tree, Book("bkg_2", Qa, Hours(4, 6)), OtherUser));
        Assert.Null(Code(tree, Book("bkg_2", Qa, Hours(1, 2)), OtherUser));
    }

    [Fact]
    public void The_loser_is_told_what_stands_in_the_way_and_when_it_is_free()
    {
        var tree = After(
            Tree, User,
            Book("bkg_1", Qa, Hours(2, 4)) with { PlanId = new PlanId("pln_1") }, Book("bkg_2", Staging, Hours(5, 6)) with { Release = "4.0" }, Book("bkg_3", QaDb, Hours(7, 8)));
        var refused = Refusal(tree, Book("bkg_4", Qa, Hours(3, 5)), OtherUser)!;
        Assert.Equal("One entry stands in the way. The next free window of this length is 2027-01-15 18:00Z to 2027-01-15 20:00Z.", refused.Message);
        Assert.Equal(
            new Blocker("environment_taken", "Booking bkg_1 takes qa (env_qa) for itself from 2027-01-15 12:00Z to 2027-01-15 14:00Z, for plan pln_1.", "bkg_1"), refused.Details[0]);
        Assert.Equal("2027-01-15T18:00:00.0000000Z/2027-01-15T20:00:00.0000000Z", refused.Details[1].Source);
        Assert.Null(Code(tree, Book("bkg_4", Qa, Hours(8, 10)), OtherUser));
        Assert.Contains("for release 4.0", Refusal(tree, Book("bkg_4", Qa, Hours(5, 6)), OtherUser)!.Details[0].Message, StringComparison.Ordinal);
        Assert.Contains("by per_user", Refusal(tree, Book("bkg_4", Qa, Hours(7, 8)), OtherUser)!.Details[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_year_is_taken_the_loser_is_told_that()
    {
        var tree = After(Tree, User, Book("bkg_1", Qa, Hours(1, 24 * 366)), Book("bkg_2", Qa, Hours(24 * 366, 24 * 500)));
        var refused = Refusal(tree, Book("bkg_3", Qa, Hours(2, 3)), OtherUser)!;
        Assert.Contains("no free window of this length within 366 days", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refused.Details, d => d.Code == "next_free_window");
    }

    [Fact]
    public void Of_many_that_stand_in_the_way_some_are_shown()
    {
        var tree = After(Tree, User, Enumerable.Range(0, 30).Select(i => Book($"bkg_{i}", Qa, Hours(2 + i, 3 + i))));
        var refused = Refusal(tree, Book("bkg_x", Qa, Hours(0, 100)), OtherUser)!;
        Assert.StartsWith("More than 20 entries stand in the way.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(20, refused.Details.Count(d => d.Code == "environment_taken"));
    }

    [Fact]
    public void What_cannot_be_is_refused_by_name()
    {
        Assert.Equal("window_invalid", Code(Tree, Book("b", Qa, Hours(2, 2)), User));
        Assert.Equal("window_invalid", Code(Tree, Book("b", Qa, Hours(3, 2)), User));
        Assert.Equal("window_past", Code(Tree, Book("b", Qa, Hours(-2, 0)), User));
        Assert.Equal("window_too_long", Code(Tree, Book("b", Qa, Hours(0, (24 * 366) + 1)), User));
        Assert.Equal("window_too_far", Code(Tree, Book("b", Qa, Hours((24 * 3 * 366) + 1, (24 * 3 * 366) + 2)), User));
        Assert.Equal("environment_not_found", Code(Tree, Book("b", new EnvironmentId("env_none"), Hours(1, 2)), User));
        Assert.Equal("environment_of_another_group", Code(Tree, Book("b", Qa, Hours(1, 2)), Stranger));
        Assert.Equal("role_missing", Code(Tree, Book("b", Qa, Hours(1, 2)), World.Reviewer));
        Assert.Equal("booking_exists", Code(After(Tree, User, Book("b", Qa, Hours(1, 2))), Book("b", Perf, Hours(1, 2)), User));
        Assert.Equal("booking_text_too_long", Code(Tree, Book("b", Qa, Hours(1, 2)) with { Purpose = new string('x', 501) }, User));
        Assert.Equal("booking_text_too_long", Code(Tree, Book("b", Qa, Hours(1, 2)) with { Release = new string('x', 501) }, User));
        Assert.Null(Code(Tree, Book("b", Qa, Hours(-1, 1)), User));
    }

    [Fact]
    public void A_booking_moves_to_where_there_is_room_its_own_old_place_among_it()
    {
        var tree = After(Tree, User, Book("bkg_1", Qa, Hours(2, 4)), Book("bkg_2", Qa, Hours(6, 8)));
        var move = new EnvironmentCommand.MoveBooking(new BookingId("bkg_1"), Hours(3, 5));
        Assert.Equal(new EnvironmentEvent.BookingMoved(new BookingId("bkg_1"), Hours(3, 5)), Assert.Single(Events(tree, move, User)));
        Assert.Empty(Events(tree, move with { Window = Hours(2, 4) }, User));
        Assert.Equal("environment_taken", Code(tree, move with { Window = Hours(5, 7) }, User));
        Assert.Equal("window_invalid", Code(tree, move with { Window = Hours(5, 4) }, User));
        Assert.Equal(Hours(3, 5), After(tree, User, move).Entry("bkg_1")!.Window);
        Assert.Equal(["bkg_2", "bkg_1"], After(tree, User, move with { Window = Hours(9, 10) }).Entries.Select(e => e.Id));
    }

    [Fact]
    public void A_booking_is_changed_by_whoever_made_it_or_owns_the_environment()
    {
        var tree = After(Tree, User, Book("bkg_1", Qa, Hours(2, 4)));
        var cancel = new EnvironmentCommand.CancelBooking(new BookingId("bkg_1"), "not needed");
        Assert.Equal("booking_of_another", Code(tree, cancel, OtherUser));
        Assert.Equal("booking_of_another", Code(tree, new EnvironmentCommand.MoveBooking(new BookingId("bkg_1"), Hours(3, 5)), OtherUser));
        Assert.Equal(new EnvironmentEvent.BookingCancelled(new BookingId("bkg_1"), Owner.Id, "not needed"), Assert.Single(Events(tree, cancel, Owner)));
        var cancelled = After(tree, User, cancel);
        Assert.Empty(cancelled.Entries);
        Assert.Equal("booking_not_found", Code(cancelled, cancel, User));
        Assert.Equal("role_missing", Code(tree, cancel, World.Reviewer));
    }

    [Fact]
    public void What_is_over_is_not_changed_and_leaves_the_schedule_after_a_while()
    {
        var early = World.By(User) with { At = World.Now.AddDays(-10) };
        var tree = EnvironmentTreeDecider.Decide(Tree, Book("old", Qa, Hours(-200, -199)), early).Events.Aggregate(Tree, EnvironmentTreeDecider.Evolve);
        Assert.Equal("booking_over", Code(tree, new EnvironmentCommand.CancelBooking(new BookingId("old")), User));
        Assert.Equal(["new"], After(tree, User, Book("new", Perf, Hours(1, 2))).Entries.Select(e => e.Id));
    }
}
