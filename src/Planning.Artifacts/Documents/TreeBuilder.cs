namespace Planning.Artifacts.Documents;

/// <summary>What building a tree from YAML and from JSON have in common: nesting, limits, duplicate keys.</summary>
/// <param name="length">Of the document, in bytes or characters.</param>
internal sealed class TreeBuilder(ArtifactLimits limits, FindingSink sink, int length)
{
    private readonly Stack<Frame> _open = new();
    private readonly NameTable _names = new(length);
    private int _nodes;

    /// <summary>The first node; null while there is none.</summary>
    public DocumentNode? Root { get; private set; }

    /// <summary>True once a limit stops the pass; what was built so far stays.</summary>
    public bool Stopped { get; private set; }

    /// <summary>True when the next scalar is a key.</summary>
    public bool ExpectsKey => _open.TryPeek(out var top) && top is { Node: MappingNode, Key.Text: null };

    /// <summary>Depth of the open sequences and mappings.</summary>
    public int Depth => _open.Count;

    public string PointerHere => _open.TryPeek(out var top)
        ? top.Node.Pointer + top switch
        {
            { Key.Text: { } key } => "/" + DocumentNode.Escape(key),
            { Node: SequenceNode sequence } => "/" + sequence.Items.Count,
            _ => "",
        }
        : "";

    /// <summary>One string for all texts that are alike, of short ones: keys and references come again and again.</summary>
    public string Shared(string text) => _names.Of(text);

    /// <summary>The same of UTF-8.</summary>
    public string Shared(ReadOnlySpan<byte> utf8) => _names.Of(utf8);

    public void SetKey(string text, int line, int column) => _open.Peek().Key = new PendingKey(_names.Of(text), line, column);

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
        else if (top.Key.Text is { } key)
            AddEntry((MappingNode)top.Node, new MappingEntry(key, top.Key.Line, top.Key.Column, node), top);
    }

    public void Open(DocumentNode node)
    {
        if (_open.Count >= limits.MaxDepth)
        {
            Stop(node.Line, node.Column, Rules.MaxDepth, $"The document nests deeper than max_depth = {limits.MaxDepth}.",
                "Flatten the document, or raise the limit.");
            return;
        }
        // Elements of a list are alike, mostly: as much room as the last one took, at once, spares what growing throws away.
        if (node is MappingNode mapping && _open.TryPeek(out var top) && top.Node is SequenceNode { Span: [.., MappingNode sibling] })
            mapping.Reserve(sibling.Entries.Count);
        Add(node);
        _open.Push(new Frame(node));
    }

    public DocumentNode Close() => _open.Pop().Node;

    public void Stop(int line, int column, string rule, string message, string advice)
    {
        sink.Error(line, column, PointerHere, rule, message, advice);
        Stopped = true;
    }

    private void AddEntry(MappingNode mapping, MappingEntry entry, Frame frame)
    {
        if (!mapping.TryAdd(entry))
        {
            var first = mapping.Entries.First(other => other.Key == entry.Key);
            sink.Error(
                entry.KeyLine, entry.KeyColumn, $"{mapping.Pointer}/{DocumentNode.Escape(entry.Key)}", Rules.DuplicateKey,
                $"The key '{entry.Key}' is there already, on line {first.KeyLine}.", "Remove or rename one of the two.",
                $"duplicate {entry.Key}");
        }
        frame.Key = default;
    }

    /// <param name="Text">Null while there is no key.</param>
    private readonly record struct PendingKey(string? Text, int Line, int Column);

    private sealed class Frame(DocumentNode node)
    {
        public DocumentNode Node { get; } = node;

        public PendingKey Key { get; set; }
    }
}
