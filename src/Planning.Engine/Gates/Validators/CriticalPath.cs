using System.Globalization;
using Planning.Artifacts;
using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Gates.Validators;

/// <summary>What decides when the plan ends, for whoever watches it: the path, its length, and the tasks with little room.</summary>
internal static class CriticalPath
{
    public const string PathRule = "timeline.critical_path";

    /// <summary>Working days of slack up to which a task is worth a look.</summary>
    private const int LittleSlack = 5;

    /// <summary>Tasks beside the path that are listed with their slack; further ones are counted.</summary>
    private const int MaxListed = 10;

    public static Finding Finding(TaskGraph graph, Schedule schedule, Slack slack, WorkDays workDays, WindowOfPlan? window)
    {
        var path = slack.CriticalPath();
        var (first, last) = (schedule.SpanOf(path[0])!.Value.First, schedule.SpanOf(slack.End)!.Value.Last);
        var (file, task) = graph.Task(slack.End);
        var days = last.DayNumber - first.DayNumber + 1;
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"The critical path takes {Counted(days, "day")}, {workDays.Count(first, last)} of them working days, and ends on {last:yyyy-MM-dd}{Room(last, workDays, window)}: "
                + $"{TaskPath.Of([.. path.Select(node => Dated(graph.Name(node), schedule.SpanOf(node)!.Value))])}. {Others(graph, slack, [.. path])}");
        return file.At(
            task.Node["id"]!.Value, PathRule, Severity.Info, message, "Watch these tasks first: where one of them is late, so is the plan.", "critical path");
    }

    private static string Room(DateOnly last, WorkDays workDays, WindowOfPlan? window) =>
        window is null || last >= window.End ? "" : $", {Counted(workDays.Count(last.AddDays(1), window.End), "working day")} before the plan's window does";

    private static string Others(TaskGraph graph, Slack slack, HashSet<int> path)
    {
        var near = graph.OwnNodes.Where(node => !path.Contains(node) && graph.Task(node).Task.Status != "done")
            .Select(node => (Name: graph.Name(node), Days: slack.Of(node))).Where(t => t.Days <= LittleSlack).OrderBy(t => t.Days).ToArray();
        if (near.Length == 0)
            return $"No other task has {LittleSlack} working days of slack or less.";
        var listed = string.Join(", ", near.Take(MaxListed).Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Name} {t.Days}")));
        return $"Beside it, slack in working days of {LittleSlack} or less have {listed}{(near.Length > MaxListed ? $" and {near.Length - MaxListed} more" : "")}.";
    }

    private static string Dated(string name, TaskSpan span) =>
        span.First == span.Last ? $"{name} ({span.First:yyyy-MM-dd})" : $"{name} ({span.First:yyyy-MM-dd} to {span.Last:yyyy-MM-dd})";

    private static string Counted(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
