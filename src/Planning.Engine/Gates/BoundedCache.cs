using System.Diagnostics.CodeAnalysis;

namespace Planning.Engine.Gates;

/// <summary>Values by key within a bound of bytes; what was not used for longest leaves first. Safe for many threads.</summary>
internal sealed class BoundedCache<TKey, TValue>(long maxBytes) where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> byUse = [];
    private long bytes;

    /// <summary>Estimated bytes of all values that are kept.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
                return bytes;
        }
    }

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(key, out var node))
            {
                value = default;
                return false;
            }
            byUse.Remove(node);
            byUse.AddFirst(node);
            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>Keeps the value unless it alone exceeds the bound. Of two values for one key the first stays.</summary>
    /// <returns>The value that is kept, or the given one.</returns>
    public TValue Add(TKey key, TValue value, long size)
    {
        lock (gate)
        {
            if (entries.TryGetValue(key, out var known))
                return known.Value.Value;
            if (size > maxBytes)
                return value;
            for (bytes += size; bytes > maxBytes; byUse.RemoveLast())
            {
                var last = byUse.Last!.Value;
                entries.Remove(last.Key);
                bytes -= last.Size;
            }
            entries[key] = byUse.AddFirst(new Entry(key, value, size));
            return value;
        }
    }

    private readonly record struct Entry(TKey Key, TValue Value, long Size);
}
