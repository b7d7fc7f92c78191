namespace Planning.Engine.Gates.Tasks;

/// <summary>How deep dependencies go: a task without any has depth 1; the tasks of a cycle count as one.</summary>
internal sealed class Chains
{
    private const int None = -1;

    private readonly Components components;
    private readonly int[] depth;

    /// <summary>The task by which each component's longest chain goes on.</summary>
    private readonly int[] next;

    public Chains(TaskGraph graph, Components components)
    {
        this.components = components;
        depth = new int[components.All.Count];
        next = new int[components.All.Count];
        for (var c = 0; c < depth.Length; c++)
        {
            (depth[c], next[c]) = (1, None);
            foreach (var node in components.All[c])
            {
                foreach (var dependency in graph.From(node))
                {
                    // Dependencies come before dependents, so theirs is known.
                    var other = components.Of(dependency);
                    if (other != c && depth[other] + 1 > depth[c])
                        (depth[c], next[c]) = (depth[other] + 1, dependency);
                }
            }
        }
    }

    public int DepthOf(int node) => depth[components.Of(node)];

    /// <summary>The longest chain that begins with the task; a cycle is one step, the task by which it is reached.</summary>
    public IEnumerable<int> From(int node)
    {
        for (var step = node; step != None; step = next[components.Of(step)])
            yield return step;
    }
}
