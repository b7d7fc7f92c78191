using System.Runtime.InteropServices;
using Planning.Artifacts.Backlogs;

namespace Planning.Engine.Gates.Tasks;

/// <summary>First and last day of a task.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TaskSpan(DateOnly First, DateOnly Last);

/// <summary>
/// When tasks begin and are done. A task has its own dates; one with a duration alone begins, at the earliest, after the last
/// of its dependencies and not before its plan does; one with neither is done when the last of its dependencies is, so that
/// dates count through it. On a cycle only dates of its own count; that it is a cycle is another's finding.
/// </summary>
internal sealed class Schedule
{
    private const string Done = "done";

    private readonly TaskGraph graph;
    private readonly WorkDays workDays;
    private readonly DateOnly? planStart;
    private readonly TaskSpan?[] spans;
    private readonly (DateOnly Day, int Node)?[] last;

    /// <param name="planStart">First day of the plan at hand; null when it is not known.</param>
    public Schedule(TaskGraph graph, Components components, WorkDays workDays, DateOnly? planStart)
    {
        (this.graph, this.workDays, this.planStart) = (graph, workDays, planStart);
        spans = new TaskSpan?[graph.Count];
        last = new (DateOnly, int)?[graph.Count];
        // Dependencies come before dependents.
        for (var c = 0; c < components.All.Count; c++)
        {
            var circle = Cycles.Exist(graph, components, c);
            foreach (var node in components.All[c])
            {
                var latest = circle ? null : Latest(node);
                spans[node] = OwnSpan(graph.Task(node).Task, workDays) ?? (circle ? null : EarliestSpan(node, latest?.Day));
                last[node] = spans[node] is { } span ? (span.Last, node) : latest;
            }
        }
    }

    /// <summary>The days of a task; null where it has no dates, and none can be told.</summary>
    public TaskSpan? SpanOf(int node) => spans[node];

    /// <summary>The last day before which the task is not done, and the task that takes so long; null where no date is known.</summary>
    public (DateOnly Day, int Node)? Before(int node) => last[node];

    /// <summary>What a task waits for longest: the last day, and the task that takes so long.</summary>
    public (DateOnly Day, int Node)? Latest(int node)
    {
        (DateOnly Day, int Node)? latest = null;
        foreach (var dependency in graph.From(node))
        {
            if (last[dependency] is { } found && (latest is null || found.Day > latest.Value.Day))
                latest = found;
        }
        return latest;
    }

    /// <summary>Whether the days are told from others', and not written at the task.</summary>
    public bool IsEarliest(int node) => graph.Task(node).Task is { Start: null, End: null };

    /// <summary>The days that are written at a task; null where there are none.</summary>
    public static TaskSpan? OwnSpan(BacklogTask task, WorkDays workDays) => task switch
    {
        { Start: { } start, End: { } end } => new TaskSpan(start, end),
        { Start: { } start, DurationDays: { } days } => new TaskSpan(start, workDays.LastOf(start, days, task.DurationCalendar)),
        { End: { } end, DurationDays: { } days } => new TaskSpan(workDays.FirstOf(end, days, task.DurationCalendar), end),
        _ => (task.Start ?? task.End) is { } day ? new TaskSpan(day, day) : null,
    };

    private TaskSpan? EarliestSpan(int node, DateOnly? after)
    {
        var task = graph.Task(node).Task;
        var plan = node < graph.OwnCount ? planStart : null;
        if (task.DurationDays is not { } days || task.Status == Done || (plan is null && after is null))
            return null;
        var first = after is { } day && !(day < plan) ? day.AddDays(day < DateOnly.MaxValue ? 1 : 0) : plan!.Value;
        if (task.DurationCalendar == DayCount.Working)
            first = workDays.LastOf(first, 1, DayCount.Working);
        return new TaskSpan(first, workDays.LastOf(first, days, task.DurationCalendar));
    }
}
