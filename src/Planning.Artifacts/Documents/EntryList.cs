using System.Collections;
using System.Runtime.InteropServices;

namespace Planning.Artifacts.Documents;

/// <summary>One key with its value.</summary>
/// <param name="Key">The key's text; a number or null as key is kept as it is written.</param>
/// <param name="KeyLine">1-based line of the key.</param>
/// <param name="KeyColumn">1-based column of the key.</param>
/// <param name="Value">The value.</param>
public readonly record struct MappingEntry(string Key, int KeyLine, int KeyColumn, DocumentNode Value);

/// <summary>Keys and values of a mapping in the order of the file; of a duplicate key the first value stays. Going through them takes no memory.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct EntryList : IReadOnlyList<MappingEntry>
{
    private readonly DocumentTree _tree;
    private readonly int _first;

    internal EntryList(DocumentTree tree, int first, int count) => (_tree, _first, Count) = (tree, first, count);

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public MappingEntry this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            ref readonly var value = ref _tree[_first + index];
            return new MappingEntry(value.Key!, value.KeyLine, value.KeyColumn, new DocumentNode(_tree, _first + index));
        }
    }

    /// <summary>Goes through the entries.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<MappingEntry> IEnumerable<MappingEntry>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Goes through the entries.</summary>
    [StructLayout(LayoutKind.Auto)]
    public struct Enumerator : IEnumerator<MappingEntry>
    {
        private readonly EntryList _list;
        private int _index;

        internal Enumerator(EntryList list) => (_list, _index) = (list, -1);

        /// <inheritdoc/>
        public readonly MappingEntry Current => _list[_index];

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext() => ++_index < _list.Count;

        /// <inheritdoc/>
        public void Reset() => _index = -1;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
