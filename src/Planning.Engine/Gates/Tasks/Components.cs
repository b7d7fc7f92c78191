namespace Planning.Engine.Gates.Tasks;

/// <summary>
/// The strongly connected components of a task graph, by Tarjan's algorithm without recursion, so that no chain is too
/// long. Components come out with what they depend on before them.
/// </summary>
internal sealed class Components
{
    private const int Unseen = -1;

    private readonly int[] of;

    private Components(int[] of, List<int[]> all) => (this.of, All) = (of, all);

    /// <summary>Each with its nodes in ascending order; dependencies before dependents.</summary>
    public IReadOnlyList<int[]> All { get; }

    /// <summary>The component of a node, as its place in <see cref="All"/>.</summary>
    public int Of(int node) => of[node];

    /// <summary>Whether the node shares its component with others, and so lies on a circle with them.</summary>
    public bool IsShared(int node) => All[of[node]].Length > 1;

    public static Components Of(TaskGraph graph)
    {
        var count = graph.Count;
        var (index, low, of) = (new int[count], new int[count], new int[count]);
        Array.Fill(index, Unseen);
        Array.Fill(of, Unseen);
        var all = new List<int[]>();
        var open = new Stack<int>();
        var walk = new Stack<(int Node, int NextEdge)>();
        var seen = 0;
        for (var root = 0; root < count; root++)
        {
            if (index[root] == Unseen)
                walk.Push((root, 0));
            while (walk.TryPop(out var step))
            {
                var (node, next) = step;
                if (next == 0)
                {
                    index[node] = low[node] = seen++;
                    open.Push(node);
                }
                var edges = graph.From(node);
                // The edge that was followed last has come back.
                if (next > 0 && of[edges[next - 1]] == Unseen)
                    low[node] = Math.Min(low[node], low[edges[next - 1]]);
                while (next < edges.Length && index[edges[next]] != Unseen)
                {
                    if (of[edges[next]] == Unseen)
                        low[node] = Math.Min(low[node], index[edges[next]]);
                    next++;
                }
                if (next < edges.Length)
                {
                    walk.Push((node, next + 1));
                    walk.Push((edges[next], 0));
                }
                else if (low[node] == index[node])
                {
                    all.Add(Close(node, open, of, all.Count));
                }
            }
        }
        return new Components(of, all);
    }

    private static int[] Close(int root, Stack<int> open, int[] of, int number)
    {
        // Nearly all components are one task.
        if (open.Peek() == root)
        {
            of[open.Pop()] = number;
            return [root];
        }
        var nodes = new List<int>();
        int node;
        do
        {
            node = open.Pop();
            of[node] = number;
            nodes.Add(node);
        }
        while (node != root);
        nodes.Sort();
        return [.. nodes];
    }
}
