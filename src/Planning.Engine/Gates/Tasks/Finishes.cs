namespace Planning.Engine.Gates.Tasks;

/// <summary>
/// When tasks are done. One without dates is done, at the earliest, when the last of its dependencies is: dates
/// count through tasks that have none. In a cycle, only dates of its own count; that it is a cycle is another's finding.
/// </summary>
internal sealed class Finishes
{
    private readonly (DateOnly Day, int Node)?[] last;

    public Finishes(TaskGraph graph, Components components)
    {
        last = new (DateOnly, int)?[graph.Count];
        // Dependencies come before dependents.
        foreach (var component in components.All)
        {
            foreach (var node in component)
            {
                var task = graph.Task(node).Task;
                last[node] = (task.End ?? task.Start) is { } day ? (day, node) : component.Length > 1 ? null : Latest(graph, node);
            }
        }
    }

    /// <summary>The last day before which the task is not done, and the task that takes so long; null where no date is known.</summary>
    public (DateOnly Day, int Node)? Before(int node) => last[node];

    private (DateOnly Day, int Node)? Latest(TaskGraph graph, int node)
    {
        (DateOnly Day, int Node)? latest = null;
        foreach (var dependency in graph.From(node))
        {
            if (last[dependency] is { } found && (latest is null || found.Day > latest.Value.Day))
                latest = found;
        }
        return latest;
    }
}
