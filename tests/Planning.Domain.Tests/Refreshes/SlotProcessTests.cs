using Planning.Domain.Refreshes;
using static Planning.Domain.Tests.Refreshes.RefreshStory;

namespace Planning.Domain.Tests.Refreshes;

/// <summary>Slots, from being asked for to being held, refused, taken away or parked.</summary>
public sealed class SlotProcessTests
{
    private static readonly RefreshConflict Felt = new("bkg_9", ConflictKind.Booking, ConflictSeverity.Minor, "Felt next door.");

    [Fact]
    public void A_slot_is_granted_then_held_and_what_meets_it_is_known()
    {
        var granted = Approving().Grant(1, Felt);
        Assert.Equal((RefreshStatus.Approved, true), (granted.Refresh.Status, granted.Refresh.Pending!.Granted));
        Assert.Equal(new HeldSlot(1, Hours(2, 4)), granted.Refresh.Held);
        Assert.Equal<RefreshConflict>([Felt], granted.Refresh.Conflicts);
        Assert.Equal((RefreshStatus.Scheduled, null), (granted.Finish().Refresh.Status, granted.Refresh.Pending));
    }

    [Fact]
    public void A_refused_slot_undoes_the_approval_and_says_what_stands_in_the_way()
    {
        var story = Approving().Refuse();
        Assert.Equal(2, story.Last.Events.Count);
        Assert.Equal((RefreshStatus.Requested, null, null), (story.Refresh.Status, story.Refresh.Approval, story.Refresh.Pending));
        var refused = story.Refresh.Refused!;
        Assert.Equal(("One conflict stands in the way.", Hours(2, 4), Hours(10, 12)), (refused.Reason, refused.Window, refused.NextFree));
        Assert.Equal<RefreshConflict>([Shared], refused.Conflicts);
        Assert.Equal(2, story.Approve().Refresh.Pending!.Number);
        Assert.Null(story.Refresh.Refused);
    }

    [Fact]
    public void An_answer_to_a_slot_that_nobody_waits_for_changes_nothing()
    {
        var cancelled = Approving().Send(Requester, new RefreshCommand.Cancel("never mind"));
        AssertNothing(cancelled.Grant(1));
        AssertNothing(cancelled.Refuse(1));
        AssertNothing(cancelled.Finish(1));
        AssertNothing(cancelled.Unschedule(1));
        AssertNothing(cancelled.Park());
        Assert.Equal((RefreshStatus.Cancelled, null, null), (cancelled.Refresh.Status, cancelled.Refresh.Pending, cancelled.Refresh.Held));

        var again = Approving().Refuse().Approve();
        AssertNothing(again.Grant(1));
        AssertNothing(again.Refuse(1));
        AssertNothing(again.Finish(2));
        AssertNothing(again.Grant().Grant());
        AssertNothing(again.Refuse());
        AssertNothing(again.Finish().Finish());

        static void AssertNothing(RefreshStory story)
        {
            Assert.Null(story.Code);
            Assert.Empty(story.Last.Events);
        }
    }

    [Fact]
    public void What_the_backend_does_is_not_done_on_request()
    {
        RefreshCommand[] its =
        [
            new RefreshCommand.GrantSlot(1, []), new RefreshCommand.RefuseSlot(1, "no", [], null), new RefreshCommand.FinishScheduling(1), new RefreshCommand.Unschedule(1, "no", []),
            new RefreshCommand.Remind(1, Reminder.Due), new RefreshCommand.Park(1, "no"),
        ];
        foreach (var command in its)
            Assert.Equal("role_missing", Approving().Send(Everyone, command).Code);
        Assert.Equal("system_not_allowed", In(RefreshStatus.Requested).Approve(Actor.System).Code);
    }

    [Fact]
    public void While_a_slot_is_looked_for_nothing_else_is_asked()
    {
        var refused = Approving().Move(Hours(5, 7)).Refused!;
        Assert.Equal(("refresh_pending", RejectionKind.Unavailable), (refused.Code, refused.Kind));
        Assert.Equal("Its slot is being looked for. Try again in a moment, or cancel the refresh.", refused.Message);
        Assert.Equal("refresh_pending", Approving().Send(Requester, new RefreshCommand.Schedule()).Code);
        Assert.Equal("refresh_pending", In(RefreshStatus.Scheduled).Move(Hours(1, 3)).At(2).Send(Everyone, new RefreshCommand.Start()).Code);
    }

    [Fact]
    public void A_failed_refresh_that_waits_is_rolled_back_not_cancelled()
    {
        var story = In(RefreshStatus.Failed).Send(Everyone, new RefreshCommand.Retry());
        Assert.Equal("Its slot is being looked for. Try again in a moment, or roll the refresh back.", story.Send(Everyone, new RefreshCommand.Retry()).Refused!.Message);
        story.Park().Send(Everyone, new RefreshCommand.Retry());
        Assert.Equal("Its process waits for somebody to look: The tree does not answer. Resume it, or roll the refresh back.", story.Refused!.Message);
        story.Send(Everyone, new RefreshCommand.RollBack("enough"));
        Assert.Equal((RefreshStatus.RolledBack, null, null), (story.Refresh.Status, story.Refresh.Pending, story.Refresh.Held));
    }

    [Fact]
    public void What_has_no_slot_yet_is_moved_at_once()
    {
        foreach (var status in (RefreshStatus[])[RefreshStatus.Draft, RefreshStatus.Requested, RefreshStatus.Approved])
        {
            var story = In(status).Move(Hours(5, 7));
            Assert.Equal(new RefreshEvent.RefreshMoved(Requester.Id, Hours(5, 7)), Assert.Single(story.Last.Events));
            Assert.Equal((status, Hours(5, 7)), (story.Refresh.Status, story.Refresh.Window));
            Assert.Empty(story.Move(Hours(5, 7)).Last.Events);
        }
        Assert.Equal("window_invalid", In(RefreshStatus.Draft).Move(Hours(5, 5)).Code);
        var begun = In(RefreshStatus.InProgress).Move(Hours(5, 7)).Refused!;
        Assert.Equal(("refresh_begun", "A refresh is moved before it begins; this one is IN_PROGRESS. It takes complete, fail."), (begun.Code, begun.Message));
    }

    [Fact]
    public void A_scheduled_refresh_keeps_its_slot_until_it_has_the_other_one()
    {
        var moving = In(RefreshStatus.Scheduled).Move(Hours(5, 7));
        Assert.Equal(new PendingSlot(2, Hours(5, 7), SlotPurpose.Move), moving.Refresh.Pending);
        Assert.Equal((RefreshStatus.Scheduled, Hours(2, 4), new HeldSlot(1, Hours(2, 4))), (moving.Refresh.Status, moving.Refresh.Window, moving.Refresh.Held));
        moving.GoOn();
        Assert.Equal((RefreshStatus.Scheduled, Hours(5, 7), new HeldSlot(2, Hours(5, 7))), (moving.Refresh.Status, moving.Refresh.Window, moving.Refresh.Held));
    }

    [Fact]
    public void A_move_that_is_refused_leaves_the_slot_and_the_approval_where_they_were()
    {
        var story = In(RefreshStatus.Scheduled).Move(Hours(5, 7)).Refuse();
        Assert.IsType<RefreshEvent.RefreshSlotRefused>(Assert.Single(story.Last.Events));
        Assert.Equal((RefreshStatus.Scheduled, Hours(2, 4), new HeldSlot(1, Hours(2, 4)), null), (story.Refresh.Status, story.Refresh.Window, story.Refresh.Held, story.Refresh.Pending));
        Assert.NotNull(story.Refresh.Approval);
        Assert.Equal(RefreshStatus.InProgress, story.At(2).Send(Everyone, new RefreshCommand.Start()).Refresh.Status);
    }

    [Fact]
    public void Who_has_lost_the_slot_asks_for_it_anew()
    {
        var story = In(RefreshStatus.Approved);
        Assert.Equal((null, "A freeze has come up.", Hours(2, 4)), (story.Refresh.Held, story.Refresh.Refused!.Reason, story.Refresh.Refused.Window));
        story.Send(Requester, new RefreshCommand.Schedule());
        Assert.Equal(new PendingSlot(2, Hours(2, 4), SlotPurpose.Schedule), story.Refresh.Pending);
        story.Refuse();
        Assert.Equal((RefreshStatus.Approved, null), (story.Refresh.Status, story.Refresh.Pending));
        Assert.Equal("window_past", story.At(4).Send(Requester, new RefreshCommand.Schedule()).Code);
        Assert.Equal(RefreshStatus.Scheduled, story.Move(Hours(5, 7)).Send(Requester, new RefreshCommand.Schedule()).GoOn().Refresh.Status);
    }

    [Fact]
    public void Losing_the_slot_ends_a_move_too_and_only_the_slot_that_is_held_can_be_lost()
    {
        var story = In(RefreshStatus.Scheduled).Move(Hours(5, 7)).Unschedule(1);
        Assert.Equal((RefreshStatus.Approved, null, null), (story.Refresh.Status, story.Refresh.Pending, story.Refresh.Held));
        Assert.Empty(story.Grant(2).Last.Events);
        Assert.Empty(In(RefreshStatus.Scheduled).Unschedule(7).Last.Events);
    }

    [Fact]
    public void A_retry_takes_what_is_left_of_the_window_or_another_one()
    {
        Assert.Equal(new PendingSlot(2, Hours(2, 4), SlotPurpose.Retry), In(RefreshStatus.Failed).Send(Everyone, new RefreshCommand.Retry()).Refresh.Pending);
        var late = In(RefreshStatus.Failed).At(4).Send(Everyone, new RefreshCommand.Retry());
        Assert.Equal(("refresh_window_over", "Its window ended at 2027-01-15T14:00:00.0000000+00:00. Give another one in 'window'."), (late.Code, late.Refused!.Message));
        Assert.Equal("window_past", late.Send(Everyone, new RefreshCommand.Retry(Hours(2, 3))).Code);
        var elsewhere = late.Send(Everyone, new RefreshCommand.Retry(Hours(5, 7))).GoOn();
        Assert.Equal((RefreshStatus.Scheduled, Hours(5, 7)), (elsewhere.Refresh.Status, elsewhere.Refresh.Window));
    }

    [Fact]
    public void A_retry_that_is_refused_can_be_tried_elsewhere()
    {
        var story = In(RefreshStatus.Failed).Send(Everyone, new RefreshCommand.Retry()).Refuse();
        Assert.Equal((RefreshStatus.Failed, null), (story.Refresh.Status, story.Refresh.Pending));
        Assert.Equal(RefreshStatus.Scheduled, story.Send(Everyone, new RefreshCommand.Retry(Hours(10, 12))).GoOn().Refresh.Status);
    }

    [Fact]
    public void A_process_that_cannot_go_on_waits_with_its_reason_until_it_is_resumed()
    {
        var story = Approving().Park();
        Assert.Equal("The tree does not answer.", story.Refresh.Pending!.Parked);
        Assert.Empty(story.Park("again").Last.Events);
        var refused = story.Move(Hours(5, 7)).Refused!;
        Assert.Equal(("refresh_parked", "Its process waits for somebody to look: The tree does not answer. Resume it, or cancel the refresh."), (refused.Code, refused.Message));
        Assert.Equal("role_missing", story.Send(World.Approver, new RefreshCommand.Resume()).Code);
        Assert.Equal(new RefreshEvent.RefreshResumed(1, Requester.Id), Assert.Single(story.Send(Requester, new RefreshCommand.Resume()).Last.Events));
        Assert.Equal(RefreshStatus.Scheduled, story.GoOn().Refresh.Status);
        var nothing = story.Send(Requester, new RefreshCommand.Resume()).Refused!;
        Assert.Equal(("refresh_not_parked", "Its process does not wait for anybody, so there is nothing to resume."), (nothing.Code, nothing.Message));
    }

    [Fact]
    public void A_parked_process_is_ended_by_cancelling()
    {
        var story = Approving().Grant().Park().Send(Requester, new RefreshCommand.Cancel("enough"));
        Assert.Equal((RefreshStatus.Cancelled, null, null), (story.Refresh.Status, story.Refresh.Pending, story.Refresh.Held));
    }

    [Fact]
    public void What_broke_is_told_at_a_length_that_somebody_reads()
    {
        var parked = Approving().Park(new string('x', 100_000)).Refresh.Pending!.Parked!;
        Assert.Equal(RefreshDecider.MaxTextLength, parked.Length);
        Assert.EndsWith("x…", parked, StringComparison.Ordinal);
    }
}
