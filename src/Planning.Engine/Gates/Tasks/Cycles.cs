namespace Planning.Engine.Gates.Tasks;

/// <summary>A cycle for each task that lies on one: the number of all cycles can grow without measure, this one cannot.</summary>
internal static class Cycles
{
    /// <summary>Cycles shown of one component.</summary>
    public const int MaxShown = 100;

    /// <summary>
    /// Shortest cycles through the component's own tasks, until each task of the component that is the plan's lies on one
    /// or enough are shown. Each begins with a task of the plan and does not repeat it at the end.
    /// </summary>
    /// <param name="uncovered">The plan's tasks of the component that lie on no cycle shown.</param>
    public static IReadOnlyList<int[]> In(TaskGraph graph, Components components, int component, out int uncovered)
    {
        var cycles = new List<int[]>();
        var covered = new HashSet<int>();
        uncovered = 0;
        foreach (var node in components.All[component].Where(n => n < graph.OwnCount))
        {
            if (covered.Contains(node))
                continue;
            if (cycles.Count == MaxShown)
                uncovered++;
            else if (Shortest(graph, components, node) is { } cycle)
            {
                cycles.Add(cycle);
                covered.UnionWith(cycle);
            }
        }
        return cycles;
    }

    /// <summary>Null for a task that lies on no cycle.</summary>
    private static int[]? Shortest(TaskGraph graph, Components components, int start)
    {
        var cameFrom = new Dictionary<int, int> { [start] = start };
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var node))
        {
            foreach (var next in graph.From(node))
            {
                if (next == start)
                    return Path(cameFrom, start, node);
                if (components.Of(next) == components.Of(start) && cameFrom.TryAdd(next, node))
                    queue.Enqueue(next);
            }
        }
        return null;
    }

    private static int[] Path(Dictionary<int, int> cameFrom, int start, int end)
    {
        var path = new List<int>();
        for (var node = end; node != start; node = cameFrom[node])
            path.Add(node);
        path.Add(start);
        path.Reverse();
        return [.. path];
    }
}
