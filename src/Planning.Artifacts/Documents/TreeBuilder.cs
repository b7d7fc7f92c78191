using System.Runtime.InteropServices;
using System.Text;

namespace Planning.Artifacts.Documents;

/// <summary>What building a tree from YAML and from JSON have in common: nesting, limits, duplicate keys.</summary>
/// <param name="length">Of the document, in bytes or characters.</param>
internal sealed class TreeBuilder(ArtifactLimits limits, FindingSink sink, int length)
{
    private readonly NameTable _names = new(length);
    private readonly List<Frame> _open = [];

    /// <summary>
    /// What the open sequences and mappings hold so far, that of the innermost last. Each takes its own when it is closed, at
    /// once and in the right size: there are so many of them that lists which grow would be much of the garbage.
    /// </summary>
    private readonly List<DocumentNode> _items = [];
    private readonly List<MappingEntry> _entries = [];
    private DocumentNode? _root;
    private int _nodes;

    /// <summary>True once a limit stops the pass; what was built so far stays.</summary>
    public bool Stopped { get; private set; }

    /// <summary>True when the next scalar is a key.</summary>
    public bool ExpectsKey => _open.Count > 0 && Top is { Node: MappingNode, Key.Text: null };

    /// <summary>Pointer to what comes next.</summary>
    public string PointerHere
    {
        get
        {
            var pointer = new StringBuilder();
            for (var depth = 0; depth < _open.Count; depth++)
            {
                if (_open[depth] is { Node: SequenceNode, Start: var start })
                    pointer.Append('/').Append(ItemsOf(depth) - start);
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
        var siblings = CollectionsMarshal.AsSpan(_entries)[mapping.Start..];
        var first = EntryNumbers.Find(siblings, mapping.Numbers, text);
        mapping.Key = new PendingKey(text, line, column, IsDuplicate: first >= 0);
        if (first >= 0)
        {
            sink.Error(
                line, column, PointerHere, Rules.DuplicateKey, $"The key '{text}' is there already, on line {siblings[first].KeyLine}.",
                "Remove or rename one of the two.", $"duplicate {text}");
        }
    }

    public void Add(ScalarNode node)
    {
        if (Counts(node))
            Attach(node);
    }

    public void Open(DocumentNode node)
    {
        if (_open.Count >= limits.MaxDepth)
        {
            Stop(node.Line, node.Column, Rules.MaxDepth, $"The document nests deeper than max_depth = {limits.MaxDepth}.",
                "Flatten the document, or raise the limit.");
        }
        else if (Counts(node))
        {
            _open.Add(new Frame(node, node is SequenceNode ? _items.Count : _entries.Count));
        }
    }

    public DocumentNode Close()
    {
        var (node, start, numbers) = (Top.Node, Top.Start, Top.Numbers);
        _open.RemoveAt(_open.Count - 1);
        if (node is SequenceNode sequence)
            sequence.Fill(Taken(_items, start));
        else
            ((MappingNode)node).Fill(Taken(_entries, start), numbers);
        Attach(node);
        return node;
    }

    /// <summary>The root, with whatever is still open closed; null where nothing came.</summary>
    public DocumentNode? Finish()
    {
        while (_open.Count > 0)
            Close();
        return _root;
    }

    public void Stop(int line, int column, string rule, string message, string advice)
    {
        sink.Error(line, column, PointerHere, rule, message, advice);
        Stopped = true;
    }

    private bool Counts(DocumentNode node)
    {
        if (++_nodes <= limits.MaxNodes)
            return true;
        Stop(node.Line, node.Column, Rules.MaxNodes, $"The document has more nodes than max_nodes = {limits.MaxNodes}.",
            "Split the artifact, or raise the limit.");
        return false;
    }

    private void Attach(DocumentNode node)
    {
        if (_open.Count == 0)
            _root ??= node;
        else if (Top.Node is SequenceNode)
            _items.Add(node);
        else
            AttachEntry(ref Top, node);
    }

    private void AttachEntry(ref Frame mapping, DocumentNode value)
    {
        if (mapping.Key is { Text: { } key, IsDuplicate: false })
        {
            _entries.Add(new MappingEntry(key, mapping.Key.Line, mapping.Key.Column, value));
            EntryNumbers.Added(CollectionsMarshal.AsSpan(_entries)[mapping.Start..], ref mapping.Numbers);
        }
        mapping.Key = default;
    }

    /// <summary>How many elements there are up to a frame, its own included: those within are of frames that it holds.</summary>
    private int ItemsOf(int depth)
    {
        for (var inner = depth + 1; inner < _open.Count; inner++)
        {
            if (_open[inner] is { Node: SequenceNode, Start: var start })
                return start;
        }
        return _items.Count;
    }

    private static T[] Taken<T>(List<T> all, int start)
    {
        if (start == all.Count)
            return [];
        var taken = CollectionsMarshal.AsSpan(all)[start..].ToArray();
        all.RemoveRange(start, taken.Length);
        return taken;
    }

    /// <param name="Text">Null while there is no key.</param>
    private readonly record struct PendingKey(string? Text, int Line, int Column, bool IsDuplicate);

    /// <summary>A sequence or mapping that is open.</summary>
    private struct Frame(DocumentNode node, int start)
    {
        public readonly DocumentNode Node = node;

        /// <summary>Where what it holds begins, among the elements or entries of all that is open.</summary>
        public readonly int Start = start;

        /// <summary>Of a mapping: the key whose value is to come, and the numbers of its entries.</summary>
        public PendingKey Key;
        public Dictionary<string, int>? Numbers;
    }
}
