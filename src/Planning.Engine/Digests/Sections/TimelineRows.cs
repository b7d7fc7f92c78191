using System.Collections.Immutable;
using Planning.Domain.Cycles;
using Planning.Domain.Plans;

namespace Planning.Engine.Digests.Sections;

/// <summary>Planned windows against what happened, and the states that were reached.</summary>
internal static class TimelineRows
{
    public static TimelineSection? Of(CycleFacts facts)
    {
        var section = new TimelineSection(
            [.. facts.OwnPlans.Where(p => p.Timeline is { Window: not null } or { Began: not null }).Select(p => Row(p, facts.Closed.ClosedOn))],
            MilestonesOf(facts));
        return section.Plans.IsEmpty && section.Milestones.IsEmpty ? null : section;
    }

    private static TimelineRow Row(PlanFacts plan, DateOnly closedOn)
    {
        var (window, began, ended, sources) = plan.Timeline;
        int? planned = window is null ? null : Days(window.Start, window.End);
        int? actual = began is null || ended is null ? null : Days(Day(began.Value), Day(ended.Value));
        return new TimelineRow(
            plan.Id,
            plan.Title,
            window?.Start,
            window?.End,
            began?.ToUniversalTime(),
            ended?.ToUniversalTime(),
            planned,
            actual,
            planned is null || actual is null ? null : Numbers.Percent(actual.Value - planned.Value, planned.Value),
            window is null || ended is null ? null : Day(ended.Value).DayNumber - window.End.DayNumber,
            MarkOf(window, ended, closedOn),
            sources.Ids());
    }

    private static Mark MarkOf(PlanWindow? window, DateTimeOffset? ended, DateOnly closedOn) =>
        window is not null && (ended is null ? closedOn : Day(ended.Value)) > window.End ? Mark.Bad
        : ended is null ? Mark.Pending
        : Mark.Good;

    private static ImmutableArray<MilestoneRow> MilestonesOf(CycleFacts facts) =>
    [
        .. facts.Transitions
            .Where(t => t.Transition is { Outcome: TransitionOutcome.Moved, ToState: not PlanStatus.Withdrawn } moved && moved.ToState > moved.FromState)
            .GroupBy(t => t.Transition.ToState)
            .OrderBy(g => g.Key)
            .Select(g => new MilestoneRow(g.Key, g.Select(t => t.Plan).Distinct().Count(), g.SelectMany(t => t.Sources).Ids())),
    ];

    /// <summary>Days are UTC days, both ends included.</summary>
    private static int Days(DateOnly from, DateOnly to) => to.DayNumber - from.DayNumber + 1;

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
