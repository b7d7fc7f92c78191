namespace Planning.Artifacts.Documents;

/// <summary>What building a tree from YAML and from JSON have in common: nesting, limits, duplicate keys.</summary>
internal sealed class TreeBuilder(ArtifactLimits limits, FindingSink sink)
{
    private readonly Stack<Frame> _open = new();
    private int _nodes;

    /// <summary>The first node; null while there is none.</summary>
    public DocumentNode? Root { get; private set; }

    /// <summary>True once a limit stops the pass; what was built so far stays.</summary>
    public bool Stopped { get; private set; }

    /// <summary>True when the next scalar is a key.</summary>
    public bool ExpectsKey => _open.TryPeek(out var top) && top is { Node: MappingNode, Key: null };

    /// <summary>Depth of the open sequences and mappings.</summary>
    public int Depth => _open.Count;

    public string PointerHere => _open.TryPeek(out var top)
        ? top.Node.Pointer + top switch
        {
            { Key: { } key } => "/" + DocumentNode.Escape(key),
            { Node: SequenceNode sequence } => "/" + sequence.Items.Count,
            _ => "",
        }
        : "";

    public void SetKey(string text, int line, int column) => _open.Peek().Expect(text, line, column);

    public void Add(DocumentNode node)
    {
        if (++_nodes > limits.MaxNodes)
        {
            Stop(node.Line, node.Column, Rules.MaxNodes, $"The document has more nodes than max_nodes = {limits.MaxNodes}.",
                "Split the artifact, or raise the limit.");
            return;
        }
        if (!_open.TryPeek(out var top))
            Root ??= node;
        else if (top.Node is SequenceNode sequence)
            sequence.Add(node);
        else if (top.Key is { } key)
            AddEntry((MappingNode)top.Node, key, node, top);
    }

    public void Open(DocumentNode node)
    {
        if (_open.Count >= limits.MaxDepth)
        {
            Stop(node.Line, node.Column, Rules.MaxDepth, $"The document nests deeper than max_depth = {limits.MaxDepth}.",
                "Flatten the document, or raise the limit.");
            return;
        }
        Add(node);
        _open.Push(new Frame(node));
    }

    public DocumentNode Close() => _open.Pop().Node;

    public void Stop(int line, int column, string rule, string message, string advice)
    {
        sink.Error(line, column, PointerHere, rule, message, advice);
        Stopped = true;
    }

    private void AddEntry(MappingNode mapping, string key, DocumentNode value, Frame frame)
    {
        frame.Key = null;
        if (mapping.TryAdd(new MappingEntry(key, frame.KeyLine, frame.KeyColumn, value)))
            return;
        var first = mapping.Entries.First(entry => entry.Key == key);
        sink.Error(
            frame.KeyLine, frame.KeyColumn, $"{mapping.Pointer}/{DocumentNode.Escape(key)}", Rules.DuplicateKey,
            $"The key '{key}' is there already, on line {first.KeyLine}.", "Remove or rename one of the two.",
            $"duplicate {key}");
    }

    private sealed class Frame(DocumentNode node)
    {
        public DocumentNode Node { get; } = node;

        /// <summary>The key that waits for its value.</summary>
        public string? Key { get; set; }

        public int KeyLine { get; private set; }

        public int KeyColumn { get; private set; }

        public void Expect(string key, int line, int column) => (Key, KeyLine, KeyColumn) = (key, line, column);
    }
}
