using System.Globalization;
using System.Text;

namespace Planning.Artifacts.Documents;

/// <summary>What a node is, in the terms of JSON and of YAML's core schema.</summary>
public enum NodeKind
{
    /// <summary>null, ~ or nothing.</summary>
    Null,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A number written without fraction and exponent.</summary>
    Integer,

    /// <summary>Any other number.</summary>
    Number,

    /// <summary>Text; also what looks like a date.</summary>
    String,

    /// <summary>An ordered list.</summary>
    Sequence,

    /// <summary>Keys and values.</summary>
    Mapping,
}

/// <summary>A node of a YAML or JSON document that knows where it stands: a place in the document's tree, which it keeps in memory.</summary>
public readonly struct DocumentNode : IEquatable<DocumentNode>
{
    private readonly DocumentTree _tree;
    private readonly int _at;

    internal DocumentNode(DocumentTree tree, int at) => (_tree, _at) = (tree, at);

    /// <summary>What the node is.</summary>
    public NodeKind Kind => Data.Kind;

    /// <summary>True for a list.</summary>
    public bool IsSequence => Kind == NodeKind.Sequence;

    /// <summary>True for keys and values.</summary>
    public bool IsMapping => Kind == NodeKind.Mapping;

    /// <summary>True for a leaf: null, boolean, number or string.</summary>
    public bool IsScalar => Data.IsScalar;

    /// <summary>1-based line of the node's first character.</summary>
    public int Line => Data.Line;

    /// <summary>1-based column in UTF-16 code units.</summary>
    public int Column => Data.Column;

    /// <summary>The sequence or mapping that holds the node; null for the root.</summary>
    public DocumentNode? Parent => Data.Parent is >= 0 and var parent ? new DocumentNode(_tree, parent) : null;

    /// <summary>Key within a parent mapping; null elsewhere.</summary>
    public string? Key => Data.Key;

    /// <summary>0-based place within a parent sequence, or entry number within a parent mapping; 0 for the root.</summary>
    public int Index => Data.Parent is >= 0 and var parent ? _at - _tree[parent].First : 0;

    /// <summary>The text of a scalar as written, without quotes and with escapes resolved; numbers keep their spelling. Empty for a sequence or mapping.</summary>
    public string Text => Data.Text;

    /// <summary>True for a YAML scalar without quotes and for JSON's numbers and literals.</summary>
    public bool IsPlain => Data.IsPlain;

    /// <summary>The elements of a sequence; empty for every other node.</summary>
    public NodeList Elements => Data is { Kind: NodeKind.Sequence, First: var first, Count: var count } ? new(_tree, first, count) : default;

    /// <summary>The entries of a mapping; empty for every other node.</summary>
    public EntryList Entries => Data is { Kind: NodeKind.Mapping, First: var first, Count: var count } ? new(_tree, first, count) : default;

    /// <summary>The exact value of a number; null for every other node. Parsed on each call.</summary>
    public ExactNumber? Number => Data is { Kind: NodeKind.Integer or NodeKind.Number, Text: var text } ? ExactNumber.Parse(text) : null;

    /// <summary>The text of a string node; null for every other node.</summary>
    public string? AsString => Data is { Kind: NodeKind.String, Text: var text } ? text : null;

    /// <summary>The value of an integral number that fits 64 bits (1.0 is integral); null for every other node.</summary>
    public long? AsInt64 => Number?.ToInt64();

    /// <summary>The value of a number; null for every other node.</summary>
    public double? AsDouble => Number?.ToDouble();

    /// <summary>The value of a boolean; null for every other node.</summary>
    public bool? AsBoolean => Kind == NodeKind.Boolean ? Text.StartsWith("t", StringComparison.OrdinalIgnoreCase) : null;

    /// <summary>JSON pointer (RFC 6901); empty for the root. Computed on each call.</summary>
    public string Pointer
    {
        get
        {
            var path = new Stack<DocumentNode>();
            for (DocumentNode? node = this; node is { Parent: not null } below; node = below.Parent)
                path.Push(below);
            var pointer = new StringBuilder();
            foreach (var node in path)
                pointer.Append('/').Append(node.Key is { } key ? Escape(key) : node.Index.ToString(CultureInfo.InvariantCulture));
            return pointer.ToString();
        }
    }

    private ref readonly NodeData Data => ref _tree[_at];

    /// <summary>The value under <paramref name="key"/>; null where there is none or the node is no mapping.</summary>
    public DocumentNode? this[string key] =>
        _tree.Find(in Data, key) is >= 0 and var value ? new DocumentNode(_tree, value) : null;

    /// <summary>True where both are the same place of the same tree.</summary>
    public static bool operator ==(DocumentNode left, DocumentNode right) => left.Equals(right);

    /// <summary>True where they are different places.</summary>
    public static bool operator !=(DocumentNode left, DocumentNode right) => !left.Equals(right);

    /// <summary>Escapes a key for use in a JSON pointer.</summary>
    public static string Escape(string key) =>
        key.AsSpan().IndexOfAny('~', '/') < 0 ? key : key.Replace("~", "~0").Replace("/", "~1");

    /// <summary>The node at a JSON pointer below this one; null where there is none.</summary>
    /// <param name="pointer">An RFC 6901 pointer, without percent encoding.</param>
    public DocumentNode? At(string pointer)
    {
        ArgumentNullException.ThrowIfNull(pointer);
        if (pointer.Length == 0)
            return this;
        if (pointer[0] != '/')
            return null;
        DocumentNode? node = this;
        foreach (var part in pointer[1..].Split('/'))
        {
            var key = part.Replace("~1", "/").Replace("~0", "~");
            node = node is { IsSequence: true, Elements: var elements }
                ? IsIndex(key, out var index) && index < elements.Count ? elements[index] : null
                : node.Value[key];
            if (node is null)
                return null;
        }
        return node;
    }

    /// <summary>A copy that is the root of a tree of its own, with the same positions.</summary>
    public DocumentNode Detach() => DocumentTree.CopyOf(_tree, Data);

    /// <inheritdoc/>
    public bool Equals(DocumentNode other) => ReferenceEquals(_tree, other._tree) && _at == other._at;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DocumentNode other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_tree, _at);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Text} at {Line}:{Column}");

    private static bool IsIndex(string text, out int index) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index) && (text.Length == 1 || text[0] != '0');
}
