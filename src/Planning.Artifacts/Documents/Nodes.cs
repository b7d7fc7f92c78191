using System.Globalization;
using System.Runtime.InteropServices;

namespace Planning.Artifacts.Documents;

/// <summary>A leaf: null, boolean, number or string.</summary>
public sealed class ScalarNode : DocumentNode
{
    internal ScalarNode(NodeKind kind, string text, int line, int column, bool plain)
        : base(kind, line, column, plain) => Text = text;

    /// <summary>The text as written, without quotes and with escapes resolved. Numbers keep their spelling.</summary>
    public string Text { get; internal set; }

    /// <summary>True for a YAML scalar without quotes and for JSON's numbers and literals.</summary>
    public bool IsPlain => Plain;

    /// <summary>The exact value of a number; null for every other kind. Parsed on each call.</summary>
    public ExactNumber? Number => Kind is NodeKind.Integer or NodeKind.Number ? ExactNumber.Parse(Text) : null;

    internal bool IsTrue => Text.StartsWith("t", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Text} at {Line}:{Column}");
}

/// <summary>A list.</summary>
public sealed class SequenceNode : DocumentNode
{
    private readonly List<DocumentNode> _items = [];

    internal SequenceNode(int line, int column)
        : base(NodeKind.Sequence, line, column)
    {
    }

    /// <summary>The elements in order.</summary>
    public IReadOnlyList<DocumentNode> Items => _items;

    /// <summary>The same, to go through without an enumerator.</summary>
    internal ReadOnlySpan<DocumentNode> Span => CollectionsMarshal.AsSpan(_items);

    internal void Add(DocumentNode item)
    {
        item.Parent = this;
        item.Index = _items.Count;
        _items.Add(item);
    }
}

/// <summary>One key with its value.</summary>
/// <param name="Key">The key's text; a number or null as key is kept as it is written.</param>
/// <param name="KeyLine">1-based line of the key.</param>
/// <param name="KeyColumn">1-based column of the key.</param>
/// <param name="Value">The value.</param>
public readonly record struct MappingEntry(string Key, int KeyLine, int KeyColumn, DocumentNode Value);

/// <summary>Keys and values in the order of the file; of a duplicate key the first value stays.</summary>
public sealed class MappingNode : DocumentNode
{
    /// <summary>From this size on a hash index pays.</summary>
    private const int IndexedFrom = 32;

    private readonly List<MappingEntry> _entries = [];
    private Dictionary<string, DocumentNode>? _index;

    internal MappingNode(int line, int column)
        : base(NodeKind.Mapping, line, column)
    {
    }

    /// <summary>The entries in order.</summary>
    public IReadOnlyList<MappingEntry> Entries => _entries;

    /// <summary>The same, to go through without an enumerator.</summary>
    internal ReadOnlySpan<MappingEntry> Span => CollectionsMarshal.AsSpan(_entries);

    /// <summary>The value under a key; null where there is none.</summary>
    public DocumentNode? Find(string key)
    {
        if (_index is not null)
            return _index.GetValueOrDefault(key);
        foreach (ref readonly var entry in Span)
        {
            if (string.Equals(entry.Key, key, StringComparison.Ordinal))
                return entry.Value;
        }
        return null;
    }

    /// <summary>Makes room for so many entries.</summary>
    internal void Reserve(int entries) => _entries.EnsureCapacity(Math.Min(entries, IndexedFrom));

    internal bool TryAdd(MappingEntry entry)
    {
        if (Find(entry.Key) is not null)
            return false;
        entry.Value.Parent = this;
        entry.Value.Index = _entries.Count;
        _entries.Add(entry);
        if (_index is not null)
            _index[entry.Key] = entry.Value;
        else if (_entries.Count == IndexedFrom)
            _index = _entries.ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
        return true;
    }
}
