using Planning.Artifacts.Capacity;

namespace Planning.Engine.Gates.Validators;

public sealed partial class ResourceCapacityValidator
{
    public ValidatorDescription Description { get; } = new(
        "The team can carry the plan within its window, and so can each person and team that has tasks, over all of it and in each week.",
        [
            "**Capacity** is counted over the days of the window on which a person works: `working_days`, Monday to Friday where none are given, without `holidays` and absences. `points_per_week` is for all working days of a week, `points_per_cycle` for those of the whole window; `part_time_percent` says how much of that a person works. A team has the capacity of its people.",
            "**Effort** falls on the days of its task within the window, else on the whole window, in proportion to what its person or team can carry on each day; what nobody is named for, in proportion to what all can. Sums are exact; messages round loads up and capacities down. Tasks with status `done` need no capacity.",
            "**Too much**, over the window and in each ISO week, is told of a person, then of a team with the tasks of its people, then of all. A person who has too much over all is not told so for each week, a team not of a week in which one of all people has too much. A finding names 5 tasks, and 10 weeks of each are findings (max_weeks).",
            "The days of the window, and calendars that do not exist (`timeline.unknown_calendar`), are told as by `timeline`.",
        ],
        [
            new(MissingModelRule, "error", "The capacity model is not attached."),
            new(NoWindowRule, "error", "Without a window nobody knows the capacity."),
            new(MissingEstimateRule, "error", "A task that is not done has no estimate; that is not zero."),
            new(UnknownAssigneeRule, "error", "A task is assigned to neither a person nor a team of the model."),
            new(MissingSkillRule, "warning", "The assignee, or the whole team, lacks a skill."),
            new(Workload.OverloadedMemberRule, "error", "A person has more than fits."),
            new(Workload.OverloadedTeamRule, "error", "The plan, or a team, has more than fits."),
            new(Workload.OverloadedWeekRule, "as `weeks`", "A person, a team or all together have more in a week than fits."),
            new(Workload.AbsentRule, "warning", "The assignee works on none of the task's days."),
            new(WindowTooLongRule, "error", "The plan's window has more than max_window_days = 3,660 days."),
            new(UnreadableRule, "error", "A backlog or the capacity model cannot be read."),
            new(TeamCapacityReader.CapacityRule, "error", "A member of the model has no capacity, or two that contradict each other."),
            new(TeamCapacityReader.DuplicateRule, "error", "Two members or teams of the model have one id."),
            new(TeamCapacityReader.UnknownMemberRule, "error", "A team of the model names somebody who is no member."),
        ]);
}
