namespace Planning.Artifacts.Documents;

/// <summary>Where the entry of a key is among others: few are looked through, of many the numbers are kept.</summary>
internal static class EntryNumbers
{
    /// <summary>From this size on a hash table pays. A tree has the numbers of a mapping if, and only if, it has that many keys.</summary>
    public const int KeptFrom = 32;

    /// <summary>The number of the key's entry; -1 where there is none.</summary>
    public static int Find(ReadOnlySpan<NodeData> entries, Dictionary<string, int>? numbers, string key)
    {
        if (numbers is not null)
            return numbers.TryGetValue(key, out var number) ? number : -1;
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Key == key)
                return i;
        }
        return -1;
    }

    /// <summary>To be called after each entry that was added.</summary>
    public static void Added(ReadOnlySpan<NodeData> entries, ref Dictionary<string, int>? numbers)
    {
        if (numbers is not null)
        {
            numbers.Add(entries[^1].Key!, entries.Length - 1);
        }
        else if (entries.Length == KeptFrom)
        {
            numbers = new Dictionary<string, int>(2 * KeptFrom, StringComparer.Ordinal);
            for (var i = 0; i < entries.Length; i++)
                numbers.Add(entries[i].Key!, i);
        }
    }
}
