using Planning.Domain.Refreshes;
using static Planning.Domain.Tests.Refreshes.RefreshStory;

namespace Planning.Domain.Tests.Refreshes;

/// <summary>Runs and their history.</summary>
public sealed class RunningTests
{
    [Fact]
    public void It_starts_within_its_window_alone()
    {
        var early = In(RefreshStatus.Scheduled).At(1.99).Send(Everyone, new RefreshCommand.Start()).Refused!;
        Assert.Equal(("refresh_not_due", "Its window begins at 2027-01-15T12:00:00.0000000+00:00; others use the environment until then. Wait, or move it."), (early.Code, early.Message));
        var late = In(RefreshStatus.Scheduled).At(4).Send(Everyone, new RefreshCommand.Start()).Refused!;
        Assert.Equal(("refresh_window_over", "Its window ended at 2027-01-15T14:00:00.0000000+00:00. Move it to another one."), (late.Code, late.Message));
        Assert.Equal(RefreshStatus.InProgress, In(RefreshStatus.Scheduled).At(3.99).Send(World.Executor, new RefreshCommand.Start()).Refresh.Status);
    }

    [Fact]
    public void One_that_was_missed_gets_another_window()
    {
        var story = In(RefreshStatus.Scheduled).At(4).Move(Hours(5, 7)).GoOn();
        Assert.Equal(RefreshStatus.InProgress, story.At(5).Send(Everyone, new RefreshCommand.Start()).Refresh.Status);
    }

    [Fact]
    public void What_is_done_gives_its_slot_back_and_what_has_failed_keeps_what_is_left_of_it()
    {
        Assert.Null(In(RefreshStatus.Completed).Refresh.Held);
        Assert.Equal(new HeldSlot(1, Hours(2, 4)), In(RefreshStatus.Failed).Refresh.Held);
        Assert.Null(In(RefreshStatus.RolledBack).Refresh.Held);
    }

    [Fact]
    public void The_history_is_added_to_and_never_changed()
    {
        var story = In(RefreshStatus.Failed);
        var failed = new RefreshRun(1, RunOutcome.Failed, World.Now.AddHours(2), World.Now.AddHours(3), Everyone.Id, "disk full");
        Assert.Equal<RefreshRun>([failed], story.Refresh.History);

        story.Send(Everyone, new RefreshCommand.Retry()).GoOn().At(3.25).Send(World.Executor, new RefreshCommand.Start()).At(3.5).Send(World.Executor, new RefreshCommand.Complete("all well"));
        var completed = new RefreshRun(2, RunOutcome.Completed, World.Now.AddHours(3.25), World.Now.AddHours(3.5), World.Executor.Id, "all well");
        Assert.Equal<RefreshRun>([failed, completed], story.Refresh.History);

        story.At(30).Send(World.Releaser, new RefreshCommand.RollBack("wrong data"));
        Assert.Equal<RefreshRun>(
            [failed, completed, new RefreshRun(3, RunOutcome.RolledBack, World.Now.AddHours(3.25), World.Now.AddHours(30), World.Releaser.Id, "wrong data")], story.Refresh.History);
    }

    [Fact]
    public void What_went_wrong_is_said_and_a_report_has_its_limit()
    {
        var tooLong = new string('x', RefreshDecider.MaxTextLength + 1);
        Assert.Equal("A failure needs a reason. Give it in 'reason'.", In(RefreshStatus.InProgress).Send(Everyone, new RefreshCommand.Fail("")).Refused!.Message);
        Assert.Equal("A roll-back needs a reason. Give it in 'reason'.", In(RefreshStatus.Completed).Send(Everyone, new RefreshCommand.RollBack(" ")).Refused!.Message);
        Assert.Equal("refresh_text_too_long", In(RefreshStatus.InProgress).Send(Everyone, new RefreshCommand.Complete(tooLong)).Code);
        Assert.Equal("refresh_text_too_long", In(RefreshStatus.InProgress).Send(Everyone, new RefreshCommand.Fail(tooLong)).Code);
        Assert.Null(In(RefreshStatus.InProgress).Send(Everyone, new RefreshCommand.Complete(tooLong[1..])).Code);
    }

    [Fact]
    public void A_run_may_outlast_its_window() => Assert.Equal(RefreshStatus.Completed, In(RefreshStatus.InProgress).At(9).Send(Everyone, new RefreshCommand.Complete()).Refresh.Status);
}
