using System.Runtime.InteropServices;
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

    private readonly PlanId own;
    private readonly List<PlannedTask> tasks;
    private readonly Dictionary<string, int> ownNumbers;

    /// <summary>Tasks of other plans, which come after the plan's own.</summary>
    private readonly List<TaskName> foreign = [];
    private readonly Dictionary<TaskName, int> foreignNumbers = [];

    /// <summary>The edges of all nodes one after the other; those of a node end where the next one's begin.</summary>
    private readonly List<int> edges;
    private readonly List<int> starts;

    private TaskGraph(PlanId own, int count)
    {
        this.own = own;
        (tasks, starts, edges) = (new(count), new(count + 1), new(4 * count));
        ownNumbers = new(count, StringComparer.Ordinal);
    }

    public int Count => tasks.Count;

    public int EdgeCount => edges.Count;

    /// <summary>How many of the nodes are tasks of the plan at hand.</summary>
    public int OwnCount { get; private set; }

    /// <summary>Whether there were more plans to follow than <see cref="MaxOtherPlans"/>.</summary>
    public bool IsCut { get; private set; }

    public PlannedTask Task(int node) => tasks[node];

    /// <summary>What a task depends on.</summary>
    public ReadOnlySpan<int> From(int node) => CollectionsMarshal.AsSpan(edges)[starts[node]..starts[node + 1]];

    /// <summary>The task's name as this plan writes it.</summary>
    public string Name(int node) => node < OwnCount ? tasks[node].Task.Id : foreign[node - OwnCount].In(own);

    public IEnumerable<int> OwnNodes => Enumerable.Range(0, OwnCount);

    /// <summary>The node that a dependency of this plan names; null when it is none of the graph.</summary>
    public int? Find(string written) => TaskName.IsElsewhere(written)
        ? Find(TaskName.Parse(written, own))
        : ownNumbers.TryGetValue(written, out var node) ? node : null;

    public static async ValueTask<TaskGraph> BuildAsync(
        PlanId own, IReadOnlyList<PlannedTask> tasks, IWorkspacePlans workspace, CancellationToken cancellation)
    {
        var graph = new TaskGraph(own, tasks.Count);
        foreach (var task in tasks)
        {
            if (task.Task.Id.Length > 0 && graph.ownNumbers.TryAdd(task.Task.Id, graph.Count))
                graph.tasks.Add(task);
        }
        graph.OwnCount = graph.Count;
        var others = new OtherPlans(workspace);
        graph.starts.Add(0);
        // The list grows while it is walked: each new task of another plan is followed in its turn.
        for (var node = 0; node < graph.Count; node++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var dependency in graph.tasks[node].Task.Dependencies)
            {
                // Most dependencies stay within the plan: these need no name of their own, and nobody to ask.
                if (node < graph.OwnCount && !TaskName.IsElsewhere(dependency.Name))
                    graph.AddEdge(graph.ownNumbers.TryGetValue(dependency.Name, out var known) ? known : null);
                else
                    graph.AddEdge(await graph.FollowAsync(node, dependency.Name, others, cancellation));
            }
            graph.starts.Add(graph.edges.Count);
        }
        return graph;
    }

    private void AddEdge(int? to)
    {
        if (to is { } node)
            edges.Add(node);
    }

    private async ValueTask<int?> FollowAsync(int node, string written, OtherPlans others, CancellationToken cancellation)
    {
        var name = TaskName.Parse(written, node < OwnCount ? own : foreign[node - OwnCount].Plan);
        if (Find(name) is { } known)
            return known;
        return name.Plan != own && await ResolveAsync(name, others, cancellation) is { } task ? Add(name, task) : null;
    }

    private int? Find(TaskName name) =>
        name.Plan == own ? ownNumbers.TryGetValue(name.Task, out var mine) ? mine : null
        : foreignNumbers.TryGetValue(name, out var other) ? other : null;

    private async ValueTask<PlannedTask?> ResolveAsync(TaskName name, OtherPlans others, CancellationToken cancellation)
    {
        if (others.Count >= MaxOtherPlans)
        {
            IsCut = true;
            return null;
        }
        return await others.FindAsync(name.Plan, cancellation) is { Plan.Status: not PlanStatus.Withdrawn, Tasks: { } found }
            ? found.GetValueOrDefault(name.Task)
            : null;
    }

    private int Add(TaskName name, PlannedTask task)
    {
        foreignNumbers.Add(name, tasks.Count);
        foreign.Add(name);
        tasks.Add(task);
        return tasks.Count - 1;
    }
}
