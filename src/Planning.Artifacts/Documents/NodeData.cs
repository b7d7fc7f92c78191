namespace Planning.Artifacts.Documents;

/// <summary>What a tree keeps of a node. Large backlogs have hundreds of thousands of them: every byte counts.</summary>
internal struct NodeData(NodeKind kind, string text, int line, int column, bool isPlain)
{
    public readonly string Text = text;
    public readonly int Line = line;
    public readonly int Column = column;
    public readonly bool IsPlain = isPlain;
    private readonly byte _kind = (byte)kind;

    /// <summary>Of a value in a mapping: its key, and where that stands; null elsewhere.</summary>
    public string? Key;
    public int KeyLine;
    public int KeyColumn;

    /// <summary>Where the tree keeps what a sequence or mapping holds, one behind the other.</summary>
    public int First;
    public int Count;

    /// <summary>Where the tree keeps the sequence or mapping that holds the node; -1 for the root, and until that one is kept.</summary>
    public int Parent = -1;

    /// <summary>A sequence or mapping.</summary>
    public NodeData(NodeKind kind, int line, int column)
        : this(kind, "", line, column, isPlain: false)
    {
    }

    public readonly NodeKind Kind => (NodeKind)_kind;

    public readonly bool IsScalar => Kind < NodeKind.Sequence;
}
