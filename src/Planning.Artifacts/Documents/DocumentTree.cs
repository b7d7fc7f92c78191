namespace Planning.Artifacts.Documents;

/// <summary>
/// The nodes of a document, in a few arrays instead of an object each: what a garbage collector has to look at and to move
/// decides how long a large document takes to read. What a node holds stands together, behind all that those hold.
/// </summary>
/// <param name="expected">How many nodes there may be; there can be more.</param>
internal sealed class DocumentTree(int expected)
{
    /// <summary>512 nodes: small enough to stay out of the heap for large objects, whose filling makes the runtime collect all of its memory.</summary>
    private const int ChunkBits = 9;
    private const int ChunkSize = 1 << ChunkBits;
    private const int Mask = ChunkSize - 1;
    private const int SmallestChunk = 8;

    private NodeData[][] _chunks = [];

    /// <summary>The numbers of the keys of large mappings, by where their values begin.</summary>
    private Dictionary<int, Dictionary<string, int>>? _numbers;
    private int _count;

    public ref readonly NodeData this[int at] => ref At(at);

    /// <summary>A tree of one text, which <see cref="SetText"/> replaces.</summary>
    public static DocumentTree OfText(string text) => new(1) { _chunks = [[OfString(text)]], _count = 1 };

    /// <summary>The root of a new tree, which holds what a node of another one does.</summary>
    public static DocumentNode CopyOf(DocumentTree other, NodeData node)
    {
        var tree = new DocumentTree(node.Count);
        return tree.Root(tree.Copy(other, node));
    }

    /// <summary>Keeps a node that nothing holds.</summary>
    public DocumentNode Root(NodeData node)
    {
        (node.Key, node.Parent) = (null, -1);
        return new DocumentNode(this, Keep([node], null));
    }

    public void SetText(string text) => At(0) = OfString(text);

    /// <summary>Keeps all that a sequence or mapping holds.</summary>
    /// <param name="nodes">What they hold themselves is kept already.</param>
    /// <param name="numbers">As <see cref="EntryNumbers"/> keeps them.</param>
    /// <returns>Where the first is.</returns>
    public int Keep(ReadOnlySpan<NodeData> nodes, Dictionary<string, int>? numbers)
    {
        var first = Room(nodes.Length);
        for (var at = first; nodes.Length > 0; at = _count)
        {
            var chunk = Chunk(at, nodes.Length);
            var part = nodes[..Math.Min(nodes.Length, chunk.Length)];
            part.CopyTo(chunk);
            nodes = nodes[part.Length..];
            _count = at + part.Length;
            for (var i = 0; i < part.Length; i++)
                Adopt(in part[i], at + i);
        }
        if (numbers is not null)
            (_numbers ??= []).Add(first, numbers);
        return first;
    }

    /// <summary>Where the value of a key is; -1 where there is none, or the node is no mapping.</summary>
    public int Find(in NodeData mapping, string key)
    {
        if (mapping.Count == 0 || mapping.Kind != NodeKind.Mapping)
            return -1;
        var number = mapping.Count >= EntryNumbers.KeptFrom
            ? EntryNumbers.Find([], _numbers![mapping.First], key)
            : EntryNumbers.Find(_chunks[mapping.First >> ChunkBits].AsSpan(mapping.First & Mask, mapping.Count), null, key);
        return number < 0 ? -1 : mapping.First + number;
    }

    private static NodeData OfString(string text) => new(NodeKind.String, text, 0, 0, isPlain: false);

    private ref NodeData At(int at) => ref _chunks[at >> ChunkBits][at & Mask];

    /// <summary>Where that many begin: what fits into one chunk is in one, so that it can be gone through at once.</summary>
    private int Room(int count)
    {
        var used = _count & Mask;
        return used > 0 && used + count > ChunkSize ? _count - used + ChunkSize : _count;
    }

    /// <summary>What is left of a chunk, which is made or grows where that is needed.</summary>
    private Span<NodeData> Chunk(int at, int wanted)
    {
        var (number, start) = (at >> ChunkBits, at & Mask);
        if (number >= _chunks.Length)
            Array.Resize(ref _chunks, Math.Max(number + 1, 2 * _chunks.Length));
        ref var chunk = ref _chunks[number];
        var (length, needed) = (chunk?.Length ?? 0, Math.Min(start + wanted, ChunkSize));
        if (length < needed)
            Array.Resize(ref chunk, number > 0 ? ChunkSize : Math.Clamp(Math.Max(2 * length, Math.Max(needed, expected)), SmallestChunk, ChunkSize));
        return chunk.AsSpan(start);
    }

    private void Adopt(in NodeData parent, int at)
    {
        for (var i = 0; i < parent.Count; i++)
            At(parent.First + i).Parent = at;
    }

    private NodeData Copy(DocumentTree other, NodeData node)
    {
        var held = new NodeData[node.Count];
        for (var i = 0; i < held.Length; i++)
            held[i] = Copy(other, other[node.First + i]);
        node.First = Keep(held, node.Kind == NodeKind.Mapping && node.Count >= EntryNumbers.KeptFrom ? other._numbers![node.First] : null);
        return node;
    }
}
