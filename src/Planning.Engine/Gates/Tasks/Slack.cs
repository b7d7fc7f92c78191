using Planning.Artifacts.Backlogs;

namespace Planning.Engine.Gates.Tasks;

/// <summary>
/// Which tasks decide when the plan ends, and by how much others may slip: each is moved back as far as the plan's last day
/// allows, with the order and the lengths that tasks have.
/// </summary>
internal sealed class Slack
{
    private readonly TaskGraph graph;
    private readonly Components components;
    private readonly Schedule schedule;
    private readonly WorkDays workDays;
    private readonly DateOnly[] latest;

    /// <summary>Null where no task of the plan has dates.</summary>
    public static Slack? Of(TaskGraph graph, Components components, Schedule schedule, WorkDays workDays)
    {
        int? end = null;
        foreach (var node in graph.OwnNodes)
        {
            if (schedule.SpanOf(node) is { } span && (end is null || span.Last > schedule.SpanOf(end.Value)!.Value.Last))
                end = node;
        }
        return end is { } found ? new Slack(graph, components, schedule, workDays, found) : null;
    }

    private Slack(TaskGraph graph, Components components, Schedule schedule, WorkDays workDays, int end)
    {
        (this.graph, this.components, this.schedule, this.workDays, End) = (graph, components, schedule, workDays, end);
        latest = new DateOnly[graph.Count];
        Array.Fill(latest, schedule.SpanOf(end)!.Value.Last);
        // Dependents before dependencies.
        for (var c = components.All.Count - 1; c >= 0; c--)
        {
            foreach (var node in components.All[c])
                Bound(node);
        }
    }

    /// <summary>The task that ends last, the first of several.</summary>
    public int End { get; }

    /// <summary>From the task that ends last back through what each waits for longest; in the order of time.</summary>
    public IReadOnlyList<int> CriticalPath()
    {
        var path = new List<int>();
        for (int? node = End; node is { } task; node = Cycles.Exist(graph, components, components.Of(task)) ? null : schedule.Latest(task)?.Node)
            path.Add(task);
        path.Reverse();
        return path;
    }

    /// <summary>Working days by which a task may end later without moving the plan's end; below 0 where its dependents are planned too early.</summary>
    public int? Of(int node)
    {
        if (schedule.SpanOf(node) is not { } span)
            return null;
        var (early, late) = (span.Last, latest[node]);
        return late == early ? 0 : late > early ? workDays.Count(early.AddDays(1), late) : -workDays.Count(late.AddDays(1), early);
    }

    /// <summary>What the task depends on has to be done before it must begin.</summary>
    private void Bound(int node)
    {
        var bound = latest[node];
        if (schedule.SpanOf(node) is { } span)
        {
            var task = graph.Task(node).Task;
            var working = workDays.Count(span.First, span.Last);
            var begins = task.DurationCalendar == DayCount.Calendar || working == 0
                ? workDays.FirstOf(bound, span.Last.DayNumber - span.First.DayNumber + 1, DayCount.Calendar)
                : workDays.FirstOf(bound, working, DayCount.Working);
            bound = begins > DateOnly.MinValue ? begins.AddDays(-1) : begins;
        }
        foreach (var dependency in graph.From(node))
        {
            if (components.Of(dependency) != components.Of(node) && bound < latest[dependency])
                latest[dependency] = bound;
        }
    }
}
