namespace Planning.Engine.Gates.Tasks;

/// <summary>A cycle for each task that lies on one: the number of all cycles can grow without measure, this one cannot.</summary>
internal static class Cycles
{
    /// <summary>Cycles shown of one component; its other tasks are counted.</summary>
    public const int MaxShown = 100;

    /// <summary>
    /// Shortest cycles through the component's own tasks, until each task of the component that is the plan's lies on one
    /// or enough are shown. Each begins with a task of the plan and does not repeat it at the end.
    /// </summary>
    /// <param name="uncovered">The plan's tasks of the component that lie on no cycle shown.</param>
    public static IReadOnlyList<int[]> In(TaskGraph graph, Components components, int component, out int uncovered)
    {
        uncovered = 0;
        if (!Exist(graph, components, component))
            return [];
        var cycles = new List<int[]>();
        var covered = new HashSet<int>();
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

    /// <summary>Whether the component is a cycle: of several tasks, or of one that depends on itself.</summary>
    public static bool Exist(TaskGraph graph, Components components, int component) =>
        components.All[component] is not [var only] || graph.From(only).Contains(only);

    /// <summary>How many of the plan's tasks lie on a cycle of the plan, or depend on a task that does.</summary>
    public static int CountBlocked(TaskGraph graph, Components components)
    {
        var (blocked, count) = (new bool[components.All.Count], 0);
        for (var c = 0; c < blocked.Length; c++)
        {
            var nodes = components.All[c];
            blocked[c] = Exist(graph, components, c) && nodes[0] < graph.OwnCount;
            foreach (var node in nodes)
            {
                // Dependencies come before dependents.
                foreach (var dependency in graph.From(node))
                    blocked[c] |= blocked[components.Of(dependency)];
            }
            if (blocked[c])
                count += nodes.Count(n => n < graph.OwnCount);
        }
        return count;
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
