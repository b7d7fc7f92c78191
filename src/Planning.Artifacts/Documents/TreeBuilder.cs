using System.Runtime.InteropServices;
using System.Text;

namespace Planning.Artifacts.Documents;

/// <summary>What building a tree from YAML and from JSON have in common: nesting, limits, duplicate keys.</summary>
/// <param name="length">Of the document, in bytes or characters.</param>
internal sealed class TreeBuilder(ArtifactLimits limits, FindingSink sink, int length)
{
    /// <summary>Most nodes take more.</summary>
    private const int LengthPerNode = 16;

    private readonly NameTable _names = new(length);
    private readonly DocumentTree _tree = new(length / LengthPerNode);
    private readonly List<Frame> _open = [];

    /// <summary>What the open sequences and mappings hold so far, that of the innermost last. The tree takes it when one is closed.</summary>
    private readonly List<NodeData> _held = [];
    private NodeData? _root;
    private int _nodes;

    /// <summary>True once a limit stops the pass; what was built so far stays.</summary>
    public bool Stopped { get; private set; }

    /// <summary>True when the next scalar is a key.</summary>
    public bool ExpectsKey => _open.Count > 0 && Top is { Node.Kind: NodeKind.Mapping, Key.Text: null };

    /// <summary>How many sequences and mappings are open.</summary>
    public int Depth => _open.Count;

    /// <summary>Pointer to what comes next.</summary>
    public string PointerHere
    {
        get
        {
            var pointer = new StringBuilder();
            for (var depth = 0; depth < _open.Count; depth++)
            {
                if (_open[depth] is { Node.Kind: NodeKind.Sequence, Start: var start })
                    pointer.Append('/').Append((depth + 1 < _open.Count ? _open[depth + 1].Start : _held.Count) - start);
                else if (_open[depth].Key.Text is { } key)
                    pointer.Append('/').Append(DocumentNode.Escape(key));
            }
            return pointer.ToString();
        }
    }

    private ref Frame Top => ref CollectionsMarshal.AsSpan(_open)[^1];

    /// <summary>One string for all texts that are alike, of short ones: keys and references come again and again.</summary>
    public string Shared(string text) => _names.Of(text);

    /// <summary>The same of UTF-8.</summary>
    public string Shared(ReadOnlySpan<byte> utf8) => _names.Of(utf8);

    public void SetKey(string text, int line, int column)
    {
        ref var mapping = ref Top;
        text = _names.Of(text);
        var siblings = CollectionsMarshal.AsSpan(_held)[mapping.Start..];
        var first = EntryNumbers.Find(siblings, mapping.Numbers, text);
        mapping.Key = new PendingKey(text, line, column, IsDuplicate: first >= 0);
        if (first >= 0)
        {
            sink.Error(
                line, column, PointerHere, Rules.DuplicateKey, $"The key '{text}' is there already, on line {siblings[first].KeyLine}.",
                "Remove or rename one of the two.", $"duplicate {text}");
        }
    }

    public void Add(NodeData scalar)
    {
        if (Counts(scalar))
            Attach(scalar);
    }

    public void Open(NodeData node)
    {
        if (_open.Count >= limits.MaxDepth)
        {
            Stop(node.Line, node.Column, Rules.MaxDepth, $"The document nests deeper than max_depth = {limits.MaxDepth}.",
                "Flatten the document, or raise the limit.");
        }
        else if (Counts(node))
        {
            _open.Add(new Frame(node, _held.Count));
        }
    }

    /// <summary>Closes the innermost sequence or mapping, and gives it with all that it holds.</summary>
    public NodeData Close()
    {
        var (node, start, numbers) = (Top.Node, Top.Start, Top.Numbers);
        _open.RemoveAt(_open.Count - 1);
        var held = CollectionsMarshal.AsSpan(_held)[start..];
        (node.First, node.Count) = (_tree.Keep(held, numbers), held.Length);
        _held.RemoveRange(start, held.Length);
        Attach(node);
        return node;
    }

    /// <summary>What a closed sequence or mapping holds at a place.</summary>
    public NodeData Held(NodeData node, int index) => _tree[node.First + index];

    /// <summary>The root, with whatever is still open closed; null where nothing came.</summary>
    public DocumentNode? Finish()
    {
        while (_open.Count > 0)
            Close();
        return _root is { } root ? _tree.Root(root) : null;
    }

    public void Stop(int line, int column, string rule, string message, string advice)
    {
        sink.Error(line, column, PointerHere, rule, message, advice);
        Stopped = true;
    }

    private bool Counts(in NodeData node)
    {
        if (++_nodes <= limits.MaxNodes)
            return true;
        Stop(node.Line, node.Column, Rules.MaxNodes, $"The document has more nodes than max_nodes = {limits.MaxNodes}.",
            "Split the artifact, or raise the limit.");
        return false;
    }

    private void Attach(in NodeData node)
    {
        if (_open.Count == 0)
            _root ??= node;
        else if (Top.Node.Kind == NodeKind.Sequence)
            _held.Add(node);
        else
            AttachValue(ref Top, node);
    }

    private void AttachValue(ref Frame mapping, NodeData value)
    {
        if (mapping.Key is { Text: { } key, IsDuplicate: false })
        {
            (value.Key, value.KeyLine, value.KeyColumn) = (key, mapping.Key.Line, mapping.Key.Column);
            _held.Add(value);
            EntryNumbers.Added(CollectionsMarshal.AsSpan(_held)[mapping.Start..], ref mapping.Numbers);
        }
        mapping.Key = default;
    }

    /// <param name="Text">Null while there is no key.</param>
    private readonly record struct PendingKey(string? Text, int Line, int Column, bool IsDuplicate);

    /// <summary>A sequence or mapping that is open.</summary>
    private struct Frame(NodeData node, int start)
    {
        public readonly NodeData Node = node;

        /// <summary>Where what it holds begins, among what all that is open holds.</summary>
        public readonly int Start = start;

        /// <summary>Of a mapping: the key whose value is to come, and the numbers of its keys.</summary>
        public PendingKey Key;
        public Dictionary<string, int>? Numbers;
    }
}
