using Planning.Domain;
using Planning.Domain.Plans;

namespace Planning.Engine.Gates.Tasks;

/// <summary>
/// Tasks and what they depend on: all tasks of the plan at hand, and those of other plans that they lead to. Nodes are
/// numbers from 0; the plan's own come first. A dependency on something that does not exist is no edge.
/// </summary>
internal sealed class TaskGraph
{
    /// <summary>Other plans that are followed. A plan that leans on more is beyond what a gate can judge.</summary>
    public const int MaxOtherPlans = 100;

    private readonly List<TaskName> names = [];
    private readonly List<PlannedTask> tasks = [];
    private readonly List<int[]> edges = [];
    private readonly Dictionary<TaskName, int> numbers = [];
    private readonly PlanId own;

    private TaskGraph(PlanId own) => this.own = own;

    public int Count => names.Count;

    /// <summary>How many of the nodes are tasks of the plan at hand.</summary>
    public int OwnCount { get; private set; }

    /// <summary>Whether there were more plans to follow than <see cref="MaxOtherPlans"/>.</summary>
    public bool IsCut { get; private set; }

    public PlannedTask Task(int node) => tasks[node];

    /// <summary>What a task depends on.</summary>
    public ReadOnlySpan<int> From(int node) => edges[node];

    /// <summary>The task's name as this plan writes it.</summary>
    public string Name(int node) => names[node].In(own);

    public IEnumerable<int> OwnNodes => Enumerable.Range(0, OwnCount);

    /// <summary>The node that a dependency of this plan names; null when it is none of the graph.</summary>
    public int? Find(string written) => numbers.TryGetValue(TaskName.Parse(written, own), out var node) ? node : null;

    public static async ValueTask<TaskGraph> BuildAsync(
        PlanId own, IReadOnlyList<PlannedTask> tasks, IWorkspacePlans workspace, CancellationToken cancellation)
    {
        var graph = new TaskGraph(own);
        foreach (var task in tasks)
        {
            if (task.Task.Id.Length > 0)
                graph.Add(new TaskName(own, task.Task.Id), task);
        }
        graph.OwnCount = graph.Count;
        var others = new OtherPlans(workspace);
        // The list grows while it is walked: each new task of another plan is followed in its turn.
        for (var node = 0; node < graph.Count; node++)
        {
            cancellation.ThrowIfCancellationRequested();
            graph.edges.Add(await graph.FollowAsync(node, others, cancellation));
        }
        return graph;
    }

    private async ValueTask<int[]> FollowAsync(int node, OtherPlans others, CancellationToken cancellation)
    {
        var dependencies = tasks[node].Task.Dependencies;
        if (dependencies.Count == 0)
            return [];
        var found = new List<int>(dependencies.Count);
        foreach (var dependency in dependencies)
        {
            var name = TaskName.Parse(dependency.Name, names[node].Plan);
            if (numbers.TryGetValue(name, out var known))
                found.Add(known);
            else if (name.Plan != own && await ResolveAsync(name, others, cancellation) is { } task)
                found.Add(Add(name, task));
        }
        return [.. found];
    }

    private async ValueTask<PlannedTask?> ResolveAsync(TaskName name, OtherPlans others, CancellationToken cancellation)
    {
        if (others.Count >= MaxOtherPlans)
        {
            IsCut = true;
            return null;
        }
        return await others.FindAsync(name.Plan, cancellation) is { Plan.Status: not PlanStatus.Withdrawn, Tasks: { } tasks }
            ? tasks.GetValueOrDefault(name.Task)
            : null;
    }

    private int Add(TaskName name, PlannedTask task)
    {
        if (!numbers.TryAdd(name, names.Count))
            return numbers[name];
        names.Add(name);
        tasks.Add(task);
        return names.Count - 1;
    }
}
