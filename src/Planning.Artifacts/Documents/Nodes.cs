using System.Globalization;

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
    private DocumentNode[] _items = [];

    internal SequenceNode(int line, int column)
        : base(NodeKind.Sequence, line, column)
    {
    }

    /// <summary>The elements in order.</summary>
    public IReadOnlyList<DocumentNode> Items => _items;

    /// <summary>The same, to go through without an enumerator.</summary>
    internal ReadOnlySpan<DocumentNode> Span => _items;

    /// <summary>Takes the elements, once all of them are known.</summary>
    internal void Fill(DocumentNode[] items)
    {
        _items = items;
        for (var i = 0; i < items.Length; i++)
            (items[i].Parent, items[i].Index) = (this, i);
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
    private MappingEntry[] _entries = [];

    internal MappingNode(int line, int column)
        : base(NodeKind.Mapping, line, column)
    {
    }

    /// <summary>The entries in order.</summary>
    public IReadOnlyList<MappingEntry> Entries => _entries;

    /// <summary>The same, to go through without an enumerator.</summary>
    internal ReadOnlySpan<MappingEntry> Span => _entries;

    /// <summary>The number of each key's entry; null while there are too few for that to pay.</summary>
    internal Dictionary<string, int>? Numbers { get; private set; }

    /// <summary>The value under a key; null where there is none.</summary>
    public DocumentNode? Find(string key) => EntryNumbers.Find(_entries, Numbers, key) is >= 0 and var number ? _entries[number].Value : null;

    /// <summary>Takes the entries, once all of them are known.</summary>
    /// <param name="entries">No two with the same key.</param>
    /// <param name="numbers">As <see cref="EntryNumbers"/> keeps them.</param>
    internal void Fill(MappingEntry[] entries, Dictionary<string, int>? numbers)
    {
        (_entries, Numbers) = (entries, numbers);
        for (var i = 0; i < entries.Length; i++)
            (entries[i].Value.Parent, entries[i].Value.Index) = (this, i);
    }
}
