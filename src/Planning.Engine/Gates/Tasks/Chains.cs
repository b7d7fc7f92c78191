namespace Planning.Engine.Gates.Tasks;

/// <summary>How deep dependencies go: a task without any has depth 1; the tasks of a cycle count as one.</summary>
internal sealed class Chains
{
    private readonly Components components;
    private readonly int[] depth;
    private readonly int[] next;

    public Chains(TaskGraph graph, Components components)
    {
        this.components = components;
        depth = new int[components.All.Count];
        next = new int[components.All.Count];
        for (var c = 0; c < depth.Length; c++)
        {
            (depth[c], next[c]) = (1, -1);
            foreach (var node in components.All[c])
            {
                foreach (var dependency in graph.From(node))
                {
                    // Dependencies come before dependents, so theirs is known.
                    var other = components.Of(dependency);
                    if (other != c && depth[other] + 1 > depth[c])
                        (depth[c], next[c]) = (depth[other] + 1, other);
                }
            }
        }
    }

    public int DepthOf(int node) => depth[components.Of(node)];

    /// <summary>The longest chain that begins with the task; of a cycle its first task stands for it.</summary>
    public IEnumerable<int> From(int node)
    {
        yield return node;
        for (var c = next[components.Of(node)]; c >= 0; c = next[c])
            yield return components.All[c][0];
    }
}
