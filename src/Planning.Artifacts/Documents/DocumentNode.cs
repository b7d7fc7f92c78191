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

/// <summary>A node of a YAML or JSON document that knows where it stands. Large backlogs have hundreds of thousands of them: every byte counts.</summary>
public abstract class DocumentNode
{
    private readonly byte _kind;

    private protected DocumentNode(NodeKind kind, int line, int column, bool plain = false)
    {
        _kind = (byte)kind;
        Line = line;
        Column = column;
        Plain = plain;
    }

    /// <summary>What the node is.</summary>
    public NodeKind Kind => (NodeKind)_kind;

    /// <summary>1-based line of the node's first character.</summary>
    public int Line { get; }

    /// <summary>1-based column in UTF-16 code units.</summary>
    public int Column { get; }

    /// <summary>The sequence or mapping that holds the node; null for the root.</summary>
    public DocumentNode? Parent { get; internal set; }

    /// <summary>Key within a parent mapping; null elsewhere.</summary>
    public string? Key => (Parent as MappingNode)?.Span[Index].Key;

    /// <summary>0-based place within a parent sequence, or entry number within a parent mapping.</summary>
    public int Index { get; internal set; }

    /// <summary>Of a scalar alone; here, where there is room for it.</summary>
    private protected bool Plain { get; }

    /// <summary>JSON pointer (RFC 6901); empty for the root. Computed on each call.</summary>
    public string Pointer
    {
        get
        {
            if (Parent is null)
                return "";
            var path = new Stack<DocumentNode>();
            for (var node = this; node.Parent is not null; node = node.Parent)
                path.Push(node);
            var pointer = new StringBuilder();
            foreach (var node in path)
                pointer.Append('/').Append(node.Key is { } key ? Escape(key) : node.Index.ToString(CultureInfo.InvariantCulture));
            return pointer.ToString();
        }
    }

    /// <summary>The value under <paramref name="key"/>; null where there is none or the node is no mapping.</summary>
    public DocumentNode? this[string key] => (this as MappingNode)?.Find(key);

    /// <summary>The elements of a sequence; empty for every other node.</summary>
    public IReadOnlyList<DocumentNode> Elements => (this as SequenceNode)?.Items ?? [];

    /// <summary>The text of a string node; null for every other node.</summary>
    public string? AsString => Kind == NodeKind.String ? ((ScalarNode)this).Text : null;

    /// <summary>The value of an integral number that fits 64 bits (1.0 is integral); null for every other node.</summary>
    public long? AsInt64 => (this as ScalarNode)?.Number?.ToInt64();

    /// <summary>The value of a number; null for every other node.</summary>
    public double? AsDouble => (this as ScalarNode)?.Number?.ToDouble();

    /// <summary>The value of a boolean; null for every other node.</summary>
    public bool? AsBoolean => Kind == NodeKind.Boolean ? ((ScalarNode)this).IsTrue : null;

    /// <summary>Escapes a key for use in a JSON pointer.</summary>
    public static string Escape(string key) =>
        key.AsSpan().IndexOfAny('~', '/') < 0 ? key : key.Replace("~", "~0").Replace("/", "~1");

    /// <summary>The node at a JSON pointer below this one; null where there is none.</summary>
    /// <param name="pointer">An RFC 6901 pointer, without percent encoding.</param>
    public DocumentNode? At(string pointer)
    {
        if (pointer.Length == 0)
            return this;
        if (pointer[0] != '/')
            return null;
        DocumentNode? node = this;
        foreach (var part in pointer[1..].Split('/'))
        {
            var key = part.Replace("~1", "/").Replace("~0", "~");
            node = node switch
            {
                MappingNode mapping => mapping.Find(key),
                SequenceNode sequence => IsIndex(key, out var index) && index < sequence.Items.Count ? sequence.Items[index] : null,
                _ => null,
            };
            if (node is null)
                return null;
        }
        return node;
    }

    /// <summary>A copy that is the root of a tree of its own, with the same positions.</summary>
    public DocumentNode Detach()
    {
        switch (this)
        {
            case SequenceNode sequence:
                var list = new SequenceNode(Line, Column);
                list.Fill([.. sequence.Items.Select(item => item.Detach())]);
                return list;
            case MappingNode mapping:
                var copy = new MappingNode(Line, Column);
                copy.Fill([.. mapping.Entries.Select(entry => entry with { Value = entry.Value.Detach() })], mapping.Numbers);
                return copy;
            default:
                var scalar = (ScalarNode)this;
                return new ScalarNode(scalar.Kind, scalar.Text, Line, Column, scalar.IsPlain);
        }
    }

    private static bool IsIndex(string text, out int index) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index) && (text.Length == 1 || text[0] != '0');
}
