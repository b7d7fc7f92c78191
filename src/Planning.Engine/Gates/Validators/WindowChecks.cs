using Planning.Artifacts;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Gates.Validators;

/// <summary>The plan's window against the horizon and against the change freezes of the rulebook.</summary>
internal static class WindowChecks
{
    public const string NoWindowRule = "timeline.no_window";
    public const string BeyondHorizonRule = "timeline.beyond_horizon";
    public const string PastRule = "timeline.window_is_past";
    public const string FreezeRule = "timeline.change_freeze";
    public const string UnknownCalendarRule = "timeline.unknown_calendar";

    private const string All = "*";

    public static IEnumerable<Finding> Horizon(WindowOfPlan? window, DateOnly today, int days)
    {
        if (window is null)
        {
            yield return Place.Whole(
                WindowOfPlan.PlanFields, NoWindowRule, Severity.Warning, "The plan says nowhere when it is to be executed, so horizon and change freezes were not checked.",
                "Give the plan a window, or the backlog a 'plan' with start and end.");
            yield break;
        }
        var horizon = today.AddDays(days);
        if (window.End > horizon)
        {
            yield return window.Finding(
                "end", BeyondHorizonRule, Severity.Error,
                $"The plan ends on {window.End:yyyy-MM-dd}, beyond the horizon of horizon_days = {days} days, which is {horizon:yyyy-MM-dd}.",
                "Plan in shorter steps, or wait until the end comes nearer.", "beyond horizon");
        }
        if (window.End < today)
        {
            yield return window.Finding(
                "end", PastRule, Severity.Warning, $"The plan ended on {window.End:yyyy-MM-dd}, before today, {today:yyyy-MM-dd}.", "Move its window.", "past");
        }
    }

    /// <param name="holidays">Calendars of days without work, which freeze nothing unless they are named.</param>
    /// <param name="severity"><c>error</c>, <c>warning</c> or <c>off</c>.</param>
    public static IEnumerable<Finding> Freezes(WindowOfPlan? window, Rulebook rules, IReadOnlyList<string> calendars, IReadOnlyList<string> holidays, string severity)
    {
        foreach (var unknown in calendars.Where(name => name != All && rules.Calendars.All(c => c.Name != name)))
        {
            yield return Place.Whole(
                "gates.yaml", UnknownCalendarRule, Severity.Error, $"The rulebook has no calendar '{unknown}'.", "Correct the name under 'calendars', or add the calendar to calendars.yaml.");
        }
        if (window is null || severity == "off")
            yield break;
        foreach (var calendar in rules.Calendars.Where(c => (calendars.Contains(All) && !holidays.Contains(c.Name)) || calendars.Contains(c.Name)))
        {
            foreach (var freeze in calendar.Overlapping(window.Days))
            {
                yield return window.Finding(
                    "", FreezeRule, severity == "error" ? Severity.Error : Severity.Warning,
                    $"The plan's window, {window.Start:yyyy-MM-dd} to {window.End:yyyy-MM-dd}, meets the change freeze '{freeze.Name}' of calendar "
                        + $"'{calendar.Name}', {freeze.From:yyyy-MM-dd} to {freeze.To:yyyy-MM-dd}.",
                    "Move the window, or have a lead waive this finding.", $"{calendar.Name}/{freeze.Name}");
            }
        }
    }
}
