using System.Globalization;
using Planning.Artifacts;
using Planning.Artifacts.Backlogs;
using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Gates.Validators;

/// <summary>The days of each task against those of what it depends on, against its own duration, and against the plan's window.</summary>
internal static class ScheduleChecks
{
    public const string OrderRule = "timeline.starts_too_early";
    public const string DurationRule = "timeline.duration_differs";
    public const string OutsideWindowRule = "timeline.outside_window";

    public static IEnumerable<Finding> Of(TaskGraph graph, Schedule schedule, WorkDays workDays, WindowOfPlan? window)
    {
        foreach (var node in graph.OwnNodes)
        {
            var task = graph.Task(node);
            if (window is not null && schedule.SpanOf(node) is { } span && (span.First < window.Start || span.Last > window.End))
            {
                foreach (var outside in Outside(node, task, schedule, window, span))
                    yield return outside;
            }
            if (Duration(task, workDays) is { } differs)
                yield return differs;
            if (task.Task.Start is not { } start)
                continue;
            foreach (var dependency in task.Task.Dependencies)
            {
                if (graph.Find(dependency.Name) is { } other && schedule.Before(other) is { } last && start <= last.Day)
                    yield return TooEarly(graph, schedule, task, start, dependency.Name, other, last);
            }
        }
    }

    private static Finding TooEarly(
        TaskGraph graph, Schedule schedule, PlannedTask planned, DateOnly start, string dependency, int other, (DateOnly Day, int Node) last)
    {
        var through = last.Node == other ? "" : $" '{dependency}' has no dates of its own, but waits for it.";
        var earliest = schedule.IsEarliest(last.Node) ? " at the earliest" : "";
        return planned.File.Error(
            planned.Task.Node["start"]!.Value, OrderRule,
            $"'{planned.Task.Id}' starts on {start:yyyy-MM-dd}, but '{graph.Name(last.Node)}', which it depends on, takes until {last.Day:yyyy-MM-dd}{earliest}.{through}",
            $"Start it after {last.Day:yyyy-MM-dd}, or end the other one earlier.", $"before {dependency}");
    }

    /// <summary>Of start, end and duration, two say what the third is.</summary>
    private static Finding? Duration(PlannedTask planned, WorkDays workDays)
    {
        var task = planned.Task;
        if (task is not { Start: { } start, End: { } end, DurationDays: { } days } || workDays.LastOf(start, days, task.DurationCalendar) is var last && last == end)
            return null;
        return planned.File.Error(
            task.Node["duration_days"]!.Value, DurationRule,
            string.Create(CultureInfo.InvariantCulture, $"'{task.Id}' takes {days} {Named(task.DurationCalendar)} from {start:yyyy-MM-dd}, which is until {last:yyyy-MM-dd}, but it ends on {end:yyyy-MM-dd}."),
            "Leave out its end or its duration, or correct one of them.", "duration");
    }

    private static IEnumerable<Finding> Outside(int node, PlannedTask planned, Schedule schedule, WindowOfPlan window, TaskSpan span)
    {
        var task = planned.Task;
        if (schedule.IsEarliest(node))
        {
            // Only the first of a chain: what depends on a task that is late is late with it.
            if (span.Last > window.End && !(schedule.Latest(node)?.Day > window.End))
                yield return Outside(planned, "duration_days", $"ends on {span.Last:yyyy-MM-dd} at the earliest, after the plan has ended", window);
            yield break;
        }
        var (first, last) = (task.Start is null ? "end" : "start", task.End is not null ? "end" : task.DurationDays is not null ? "duration_days" : "start");
        if (span.First < window.Start)
            yield return Outside(planned, first, $"starts on {span.First:yyyy-MM-dd}, before the plan does", window);
        if (span.Last > window.End)
            yield return Outside(planned, last, $"{(last == "start" ? "starts" : "ends")} on {span.Last:yyyy-MM-dd}, after the plan has ended", window);
    }

    private static Finding Outside(PlannedTask planned, string field, string how, WindowOfPlan window) => planned.File.At(
        planned.Task.Node[field]!.Value, OutsideWindowRule, Severity.Warning,
        $"'{planned.Task.Id}' {how} ({window.Start:yyyy-MM-dd} to {window.End:yyyy-MM-dd}).",
        "Move the task into the plan's window, or widen the window.", field);

    private static string Named(DayCount count) => count == DayCount.Working ? "working days" : "days";
}
