namespace Planning.Engine.Gates.Validators;

public sealed partial class TimelineValidator
{
    public ValidatorDescription Description { get; } = new(
        "Tasks start after what they depend on, the plan's window is near enough and outside of change freezes, and what it has booked will be there.",
        [
            "**Dates**: a task starts after the last day of what it depends on. Dates count through tasks that have none of their own. The plan's window is the one given with the plan, else `plan` in a backlog.",
            "**Durations**: `duration_days` stands for the end, or for both dates: such a task begins with the plan, or after what it depends on. It counts working days, Monday to Friday without `holidays`, or all days with `duration_calendar: calendar`.",
            "**Zones**: today, and the days of a booking, are those of `zone`. A freeze is compared by date: its days are those of its calendar's own zone, the plan's are taken as they are written.",
            "**Critical path**: from the task that ends last back through what each waits for longest. Slack is how many working days later a task may end while all that depends on it, with the length that it has, still ends with the plan's last task; tasks with 5 or less are listed, 10 at most.",
        ],
        [
            new(ScheduleChecks.OrderRule, "error", "A task starts before what it depends on is done."),
            new(ScheduleChecks.DurationRule, "error", "Start, end and duration of a task contradict each other."),
            new(CriticalPath.PathRule, "info", "The tasks that decide when the plan ends, with dates and length, and the slack of others that have little."),
            new(WindowChecks.BeyondHorizonRule, "error", "The plan's window ends too far ahead."),
            new(WindowChecks.FreezeRule, "as `freezes`", "The window meets a change freeze."),
            new(WindowChecks.UnknownCalendarRule, "error", "`calendars` or `holidays` names one that the rulebook lacks."),
            new(UnknownZoneRule, "error", "There is no time zone of this name."),
            new(ScheduleChecks.OutsideWindowRule, "warning", "A task lies outside of the plan's window, or cannot be done within it; of a chain that runs late, the first."),
            new(WindowChecks.NoWindowRule, "warning", "Horizon and freezes could not be checked."),
            new(WindowChecks.PastRule, "warning", "The window has ended already."),
            new(EnvironmentChecks.RetiredRule, "error", "An environment that the plan has booked is retired."),
            new(EnvironmentChecks.RefreshedRule, "error; a warning when the refresh does not reach it, or destroys sessions alone", "A refresh takes the environment within the booking."),
            new(EnvironmentChecks.BookingFreezeRule, "warning", "A booking meets a change freeze."),
            new(EnvironmentChecks.BookingOutsideRule, "warning", "A booking lies outside of the plan's window."),
            new(UnreadableRule, "error", "A backlog cannot be read."),
        ]);
}
