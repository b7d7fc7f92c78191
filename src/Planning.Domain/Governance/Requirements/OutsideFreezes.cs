using System.Globalization;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Governance;

/// <summary><c>change_freeze: check_calendar</c>: no freeze of any calendar holds now, and none falls into the plan's window.</summary>
public sealed record OutsideFreezes : IRequirement
{
    public string Name => "change_freeze";

    public IEnumerable<Blocker> Missing(RequirementContext context)
    {
        foreach (var calendar in context.Calendars)
        {
            if (calendar.FreezeAt(context.At) is { } holding)
                yield return context.Missing("change_freeze_holds", $"{Described(calendar, holding)} holds now. Begin execution after it.");
            if (context.Plan.Window is not { } window)
                continue;
            foreach (var freeze in calendar.Overlapping(window))
                yield return context.Missing(
                    "window_in_freeze",
                    $"{Described(calendar, freeze)} falls into the plan's window {Day(window.Start)} to {Day(window.End)}. Move the window.");
        }
    }

    private static string Described(ChangeCalendar calendar, ChangeFreeze freeze) =>
        $"The freeze {freeze.Name} of calendar {calendar.Name}, {Day(freeze.From)} to {Day(freeze.To)} in {calendar.ZoneId},";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
