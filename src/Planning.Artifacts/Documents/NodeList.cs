using System.Collections;
using System.Runtime.InteropServices;

namespace Planning.Artifacts.Documents;

/// <summary>The elements of a sequence in order. Going through them takes no memory.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct NodeList : IReadOnlyList<DocumentNode>
{
    private readonly DocumentTree _tree;
    private readonly int _first;

    internal NodeList(DocumentTree tree, int first, int count) => (_tree, _first, Count) = (tree, first, count);

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public DocumentNode this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return new DocumentNode(_tree, _first + index);
        }
    }

    /// <summary>Goes through the elements.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<DocumentNode> IEnumerable<DocumentNode>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Goes through the elements.</summary>
    [StructLayout(LayoutKind.Auto)]
    public struct Enumerator : IEnumerator<DocumentNode>
    {
        private readonly NodeList _list;
        private int _index;

        internal Enumerator(NodeList list) => (_list, _index) = (list, -1);

        /// <inheritdoc/>
        public readonly DocumentNode Current => _list[_index];

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
