using Planning.Domain;

namespace Planning.Postgres.Reads;

/// <summary>Entities by their last use, within a bound of bytes; what was not used for longest leaves first.</summary>
internal sealed class TrackedEntities(long maxBytes)
{
    /// <summary>For key, links and records beside the state.</summary>
    private const long Overhead = 500;

    private readonly Dictionary<EntityKey, LinkedListNode<(EntityKey Key, Tracked Value)>> entries = [];
    private readonly LinkedList<(EntityKey Key, Tracked Value)> byUse = [];
    private long bytes;

    public Tracked? Find(EntityKey key) => entries.TryGetValue(key, out var node) ? node.Value.Value : null;

    public void Keep(EntityKey key, Tracked value)
    {
        Drop(key);
        entries[key] = byUse.AddFirst((key, value));
        for (bytes += Size(value); bytes > maxBytes && byUse.Last is { } oldest;)
            Drop(oldest.Value.Key);
    }

    public void Drop(EntityKey key)
    {
        if (!entries.Remove(key, out var node))
            return;
        byUse.Remove(node);
        bytes -= Size(node.Value.Value);
    }

    public void Clear()
    {
        entries.Clear();
        byUse.Clear();
        bytes = 0;
    }

    private static long Size(Tracked value) => value.Bytes + Overhead;
}
