using System.Diagnostics;
using Planning.Domain.Refreshes;
using static Planning.Domain.Tests.Refreshes.RefreshStory;

namespace Planning.Domain.Tests.Refreshes;

public sealed class ReminderTests
{
    [Fact]
    public void Each_reminder_of_a_slot_is_an_event_once()
    {
        var story = In(RefreshStatus.Scheduled);
        foreach (var reminder in Enum.GetValues<Reminder>())
        {
            Assert.Equal(new RefreshEvent.RefreshReminded(1, reminder, Hours(2, 4)), Assert.Single(story.Remind(reminder).Last.Events));
            Assert.Empty(story.Remind(reminder).Last.Events);
        }
    }

    [Fact]
    public void A_refresh_that_was_moved_is_reminded_of_anew_and_not_of_its_old_slot()
    {
        var story = In(RefreshStatus.Scheduled).Remind(Reminder.HourBefore).Move(Hours(5, 7)).GoOn();
        Assert.Empty(story.Remind(Reminder.Due, slot: 1).Last.Events);
        Assert.Equal(new RefreshEvent.RefreshReminded(2, Reminder.HourBefore, Hours(5, 7)), Assert.Single(story.Remind(Reminder.HourBefore).Last.Events));
    }

    [Fact]
    public void A_reminder_that_falls_due_before_the_last_step_of_the_process_is_not_lost()
    {
        Assert.Single(Approving().Grant().Remind(Reminder.HourBefore).Last.Events);
        Assert.Single(In(RefreshStatus.Failed).Send(Everyone, new RefreshCommand.Retry(Hours(5, 7))).Grant().Remind(Reminder.HourBefore).Last.Events);
        Assert.Empty(Approving().Grant().Remind(Reminder.HourBefore).Finish().Remind(Reminder.HourBefore).Last.Events);
    }

    [Theory]
    [InlineData(RefreshStatus.Requested)]
    [InlineData(RefreshStatus.Approved)]
    [InlineData(RefreshStatus.InProgress)]
    [InlineData(RefreshStatus.Failed)]
    [InlineData(RefreshStatus.Cancelled)]
    public void What_is_not_scheduled_is_not_reminded_of(RefreshStatus status) => Assert.Empty(In(status).Remind(Reminder.Missed).Last.Events);

    [Fact]
    public void Only_reminders_that_lie_ahead_are_set()
    {
        var window = Hours(2, 4);
        Assert.Equal([(Reminder.HourBefore, window.From.AddHours(-1)), (Reminder.Due, window.From), (Reminder.Missed, window.To)], Reminders.Ahead(window, World.Now));
        Assert.Equal(4, Reminders.Ahead(Hours(25, 26), World.Now).Count());
        Assert.Equal([Reminder.Missed], Reminders.Ahead(window, window.From).Select(r => r.Reminder));
        Assert.Empty(Reminders.Ahead(window, window.To));
        Assert.Throws<UnreachableException>(() => Reminders.At((Reminder)99, window));
    }
}
