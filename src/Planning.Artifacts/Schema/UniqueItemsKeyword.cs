using System.Buffers;
using System.Numerics;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>uniqueItems; reports the later of two equal elements. Takes no memory of its own.</summary>
internal sealed class UniqueItemsKeyword : Keyword
{
    /// <summary>Up to this size, comparing each with each is faster than hashing.</summary>
    private const int FewItems = 8;

    public override bool Evaluate(DocumentNode instance, Evaluation run, Evaluated? evaluated, List<SchemaProblem>? problems)
    {
        if (instance is not { IsSequence: true, Elements: { Count: > 1 } items })
            return true;
        var (first, second) = items.Count <= FewItems ? AmongFew(items) : AmongMany(items);
        return second < 0 || (problems is not null && Fail(items[second], problems, $"Element {second} equals element {first}.", "Remove one of the two."));
    }

    private static (int First, int Second) AmongFew(NodeList items)
    {
        for (var second = 1; second < items.Count; second++)
        {
            for (var first = 0; first < second; first++)
            {
                if (NodeEquality.Instance.Equals(items[first], items[second]))
                    return (first, second);
            }
        }
        return (-1, -1);
    }

    /// <summary>A hash table with open addressing in rented memory; a slot holds an element's number, counted from 1.</summary>
    private static (int First, int Second) AmongMany(NodeList items)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)items.Count * 2);
        var slots = ArrayPool<int>.Shared.Rent(size);
        var hashes = ArrayPool<int>.Shared.Rent(items.Count);
        try
        {
            slots.AsSpan(0, size).Clear();
            for (var second = 0; second < items.Count; second++)
            {
                hashes[second] = NodeEquality.Instance.GetHashCode(items[second]);
                var at = hashes[second] & (size - 1);
                for (; slots[at] is > 0 and var taken; at = (at + 1) & (size - 1))
                {
                    if (hashes[taken - 1] == hashes[second] && NodeEquality.Instance.Equals(items[taken - 1], items[second]))
                        return (taken - 1, second);
                }
                slots[at] = second + 1;
            }
            return (-1, -1);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(slots);
            ArrayPool<int>.Shared.Return(hashes);
        }
    }
}
