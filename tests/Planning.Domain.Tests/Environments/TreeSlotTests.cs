using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Domain.Tests.Refreshes;
using static Planning.Domain.Tests.Environments.Grounds;

namespace Planning.Domain.Tests.Environments;

/// <summary>Slots of refreshes in the schedule of a tree.</summary>
public sealed class TreeSlotTests
{
    private static readonly EnvironmentTreeId OtherTree = new("etr_2");
    private static readonly EnvironmentId Lab = new("env_lab");
    private static readonly PersonId For = new("per_requester");

    internal static EnvironmentCommand.ReserveSlot Reserve(EnvironmentId environment, TimeWindow window, string id = "rfr_1", int slot = 1, params string[] accepted) =>
        new(ConflictDetectionTests.Wish(environment, id, slot) with { Window = window, Accepted = [.. accepted] }, For);

    internal static EnvironmentTree Reserved(EnvironmentTree tree, EnvironmentId environment, TimeWindow window, string id = "rfr_1", int slot = 1) =>
        After(tree, Actor.System, Reserve(environment, window, id, slot));

    private static EnvironmentCommand.ReleaseSlot Release(int slot, bool keepsEarlier = false) => new(new RefreshId("rfr_1"), slot, keepsEarlier);

    [Fact]
    public void A_free_window_is_kept_and_the_answer_stays_what_it_was()
    {
        var happened = Assert.IsType<EnvironmentEvent.SlotReserved>(Assert.Single(Events(Tree, Reserve(Qa, Hours(2, 4)), Actor.System)));
        Assert.Equal(new ScheduleEntry("rfr_1", EntryKind.Refresh, Qa, BookingMode.Exclusive, Hours(2, 4), For, Slot: 1), happened.Entry);
        var tree = Reserved(Tree, Qa, Hours(2, 4));
        Assert.Empty(Events(tree, Reserve(Qa, Hours(2, 4)), Actor.System));
        Assert.Empty(Events(tree, Reserve(Qa, Hours(9, 11)), Actor.System));
        Assert.Equal((1, null), (tree.Slots["rfr_1"].Slot, tree.Slots["rfr_1"].Refused));
    }

    [Fact]
    public void A_window_that_is_taken_is_refused_once_and_for_all_with_what_stands_in_the_way()
    {
        var taken = After(Tree, User, Book("bkg_1", QaDb, Hours(3, 5)));
        var refused = Assert.IsType<EnvironmentEvent.SlotRefused>(Assert.Single(Events(taken, Reserve(Qa, Hours(2, 4)), Actor.System)));
        Assert.Equal("One conflict stands in the way. The next free window of this length is 2027-01-15 15:00Z to 2027-01-15 17:00Z.", refused.Reason);
        Assert.Equal((Hours(5, 7), "bkg_1"), (refused.NextFree, Assert.Single(refused.Conflicts).Id));
        var answered = After(taken, Actor.System, Reserve(Qa, Hours(2, 4)));
        var free = After(answered, User, new EnvironmentCommand.CancelBooking(new BookingId("bkg_1")));
        Assert.Empty(Events(free, Reserve(Qa, Hours(2, 4)), Actor.System));
        Assert.IsType<EnvironmentEvent.SlotReserved>(Assert.Single(Events(free, Reserve(Qa, Hours(2, 4), slot: 2), Actor.System)));
    }

    [Fact]
    public void What_stands_in_the_way_comes_first_of_what_is_told()
    {
        var tree = After(Tree, User, Enumerable.Range(0, 30).Select(i => Book($"bkg_{i:00}", Staging, Hours(2, 4), BookingMode.Shared)));
        var refused = Assert.IsType<EnvironmentEvent.SlotRefused>(
            Assert.Single(Events(After(tree, User, Book("bkg_x", Qa, Hours(2, 4), BookingMode.Shared)), Reserve(Qa, Hours(2, 4)), Actor.System)));
        Assert.Equal((20, "bkg_x"), (refused.Conflicts.Length, refused.Conflicts[0].Id));
        Assert.Equal(20, Assert.IsType<EnvironmentEvent.SlotReserved>(Assert.Single(Events(tree, Reserve(Qa, Hours(2, 4)), Actor.System))).Conflicts.Length);
    }

    [Fact]
    public void A_freeze_of_the_rulebook_refuses_a_slot()
    {
        var rules = World.Rules with { Calendars = [FreezeTests.Calendar("ops", "Etc/UTC", ("year end", "2027-01-10", "2027-01-20"))] };
        var decision = EnvironmentTreeDecider.Decide(Tree, Reserve(Qa, Hours(2, 4)), World.By(Actor.System, rules));
        var refused = Assert.IsType<EnvironmentEvent.SlotRefused>(Assert.Single(decision.Events));
        Assert.Equal(("ops/year end", new DateTimeOffset(2027, 1, 21, 0, 0, 0, TimeSpan.Zero)), (Assert.Single(refused.Conflicts).Id, refused.NextFree!.From));
    }

    [Fact]
    public void A_slot_keeps_bookings_out_and_is_no_booking_itself()
    {
        var tree = Reserved(Tree, Qa, Hours(2, 4));
        foreach (var related in (EnvironmentId[])[Staging, Qa, QaDb])
        {
            var refused = Refusal(tree, Book("bkg_1", related, Hours(3, 5), BookingMode.Shared), User)!;
            Assert.Equal("environment_taken", refused.Code);
            Assert.Equal("Refresh rfr_1 takes qa (env_qa) for itself from 2027-01-15 12:00Z to 2027-01-15 14:00Z, by per_requester.", refused.Details[0].Message);
        }
        Assert.Equal("booking_not_found", Code(tree, new EnvironmentCommand.CancelBooking(new BookingId("rfr_1")), Owner));
        Assert.Equal("booking_not_found", Code(tree, new EnvironmentCommand.MoveBooking(new BookingId("rfr_1"), Hours(5, 6)), Owner));
        Assert.Null(Code(tree, Book("bkg_1", Perf, Hours(3, 5)), User));
    }

    [Fact]
    public void A_slot_that_takes_the_place_of_another_may_overlap_it()
    {
        var moved = Reserved(Reserved(Tree, Qa, Hours(2, 4)), Qa, Hours(3, 5), slot: 2);
        Assert.Equal((2, Hours(3, 5)), (Assert.Single(moved.Entries).Slot, moved.Entries[0].Window));
        Assert.Empty(Events(moved, Reserve(Qa, Hours(2, 4), slot: 1), Actor.System));
    }

    [Fact]
    public void One_that_is_refused_leaves_the_other_where_it_was()
    {
        var tree = After(Reserved(Tree, Qa, Hours(2, 4)), User, Book("bkg_1", Qa, Hours(6, 8)));
        var refused = Reserved(tree, Qa, Hours(5, 7), slot: 2);
        Assert.Equal((1, 2), (refused.Entry("rfr_1")!.Slot, refused.Slots["rfr_1"].Slot));
        var released = After(refused, Actor.System, Release(2, keepsEarlier: true));
        Assert.Equal(1, released.Entry("rfr_1")!.Slot);
        Assert.Empty(released.Slots);
        Assert.Empty(Events(released, Release(2, keepsEarlier: true), Actor.System));
        Assert.IsType<EnvironmentEvent.SlotReserved>(Assert.Single(Events(released, Reserve(Qa, Hours(4, 6), slot: 3), Actor.System)));
    }

    [Fact]
    public void Releasing_gives_up_this_slot_and_earlier_ones_never_a_later_one()
    {
        var tree = Reserved(Reserved(Tree, Qa, Hours(2, 4)), Qa, Hours(5, 7), slot: 2);
        Assert.Empty(Events(tree, Release(1), Actor.System));
        var released = After(tree, Actor.System, Release(3));
        Assert.Empty(released.Entries);
        Assert.Empty(Events(released, Release(3), Actor.System));
        Assert.Empty(Events(After(Reserved(Tree, Qa, Hours(2, 4)), User), Release(0), Actor.System));
        Assert.Empty(After(tree, Actor.System, Release(2, keepsEarlier: true)).Entries);
    }

    [Fact]
    public void Slots_are_reserved_and_released_by_the_backend_alone()
    {
        Assert.Equal("role_missing", Code(Tree, Reserve(Qa, Hours(2, 4)), World.Everything("per_all")));
        Assert.Equal("role_missing", Code(Tree, Release(1), World.Everything("per_all")));
    }

    [Fact]
    public void What_cannot_be_used_is_refused_with_the_reason()
    {
        AssertRefused(After(Tree, Owner, new EnvironmentCommand.Retire(QaDb, "old")), Reserve(QaDb, Hours(2, 4)), "Environment qa_db (env_qa_db) is retired and is used no more.");
        AssertRefused(Tree, Reserve(new EnvironmentId("env_none"), Hours(2, 4)), "There is no environment with this id in this workspace.");
        AssertRefused(Tree, Reserve(Qa, Hours(-2, -1)), "The window ended at 2027-01-15T09:00:00.0000000+00:00, which is past. Give a later one.");

        static void AssertRefused(EnvironmentTree tree, EnvironmentCommand command, string reason) =>
            Assert.Equal(reason, Assert.IsType<EnvironmentEvent.SlotRefused>(Assert.Single(Events(tree, command, Actor.System))).Reason);
    }

    [Fact]
    public void A_schedule_that_is_full_has_no_slot()
    {
        var entries = Enumerable.Range(0, EnvironmentTreeDecider.MaxEntries).Select(i => new ScheduleEntry($"bkg_{i}", EntryKind.Booking, Perf, BookingMode.Shared, Hours(2, 4), For));
        var refused = Assert.IsType<EnvironmentEvent.SlotRefused>(Assert.Single(Events(Tree with { Entries = [.. entries] }, Reserve(Qa, Hours(2, 4)), Actor.System)));
        Assert.Equal("The schedule of a tree holds at most 20000 entries to come. Cancel some that nobody needs.", refused.Reason);
    }

    [Fact]
    public void What_is_to_be_refreshed_is_not_retired()
    {
        var refused = Refusal(Reserved(Tree, QaDb, Hours(2, 4)), new EnvironmentCommand.Retire(QaDb, "old"), Owner)!;
        Assert.Equal("environment_in_use", refused.Code);
        Assert.Equal(("environment_is_taken", "rfr_1"), (Assert.Single(refused.Details).Code, refused.Details[0].Source));
    }

    [Fact]
    public void An_environment_takes_its_slots_along_to_another_tree()
    {
        var tree = Reserved(Tree, QaDb, Hours(2, 4));
        var move = new EnvironmentCommand.Move(Qa, OtherTree, Lab);
        var begun = Assert.IsType<EnvironmentEvent.EnvironmentMoveBegun>(Assert.Single(Events(tree, move, Owner)));
        var leaving = After(tree, Owner, move);
        Assert.Equal(("environment_moving", RejectionKind.Unavailable), (Code(leaving, Release(1), Actor.System), Refusal(leaving, Reserve(Qa, Hours(5, 7), "rfr_2"), Actor.System)!.Kind));

        var lab = Of(Owner, Register(Lab) with { TreeId = OtherTree });
        var received = After(lab, Actor.System, new EnvironmentCommand.Receive(Qa, TreeId, "evt_1", Lab, begun.Environments, begun.Entries));
        var left = After(leaving, Actor.System, new EnvironmentCommand.EndMove(Qa, Refused: null));

        Assert.Equal((EntryKind.Refresh, 1), (received.Entry("rfr_1")!.Kind, received.Entry("rfr_1")!.Slot));
        Assert.Empty(Events(received, Reserve(QaDb, Hours(2, 4)), Actor.System));
        Assert.Empty(left.Entries);
        Assert.Empty(left.Slots);
        Assert.Equal("environment_elsewhere", Code(left, Reserve(QaDb, Hours(5, 7), slot: 2), Actor.System));
        Assert.Empty(After(received, Actor.System, Release(1)).Entries);
    }

    [Fact]
    public void A_slot_keeps_its_environment_from_going_where_it_would_exclude_others()
    {
        var tree = After(Reserved(Tree, QaDb, Hours(2, 4)), User, Book("bkg_1", Perf, Hours(3, 5), BookingMode.Shared));
        Assert.Equal("schedules_clash", Code(tree, new EnvironmentCommand.Move(Qa, TreeId, Perf), Owner));
    }

    [Fact]
    public void What_a_slot_has_met_and_not_excluded_does_not_keep_its_environment_in_its_place()
    {
        // Felt at the root when the slot was given, and not more in the new place, which is below the same root.
        var tree = Reserved(After(Tree, User, Book("bkg_1", Staging, Hours(3, 5), BookingMode.Shared)), QaDb, Hours(2, 4));
        Assert.Equal(2, tree.Entries.Length);
        Assert.IsType<EnvironmentEvent.EnvironmentMoved>(Assert.Single(Events(tree, new EnvironmentCommand.Move(Qa, TreeId, Perf), Owner)));
    }

    [Fact]
    public void A_slot_that_is_long_over_leaves_the_schedule()
    {
        var early = World.By(Actor.System) with { At = World.Now.AddDays(-10) };
        var tree = EnvironmentTreeDecider.Decide(Tree, Reserve(Qa, Hours(-200, -199)), early).Events.Aggregate(Tree, EnvironmentTreeDecider.Evolve);
        Assert.Equal(["rfr_2"], Reserved(tree, Perf, Hours(2, 4), "rfr_2").Entries.Select(e => e.Id));
    }
}
