using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>Equality of JSON values: numbers by value, mappings in any order.</summary>
internal sealed class NodeEquality : IEqualityComparer<DocumentNode>
{
    public static NodeEquality Instance { get; } = new();

    public bool Equals(DocumentNode x, DocumentNode y) => x.Kind switch
    {
        NodeKind.Sequence => y.IsSequence && AreEqual(x.Elements, y.Elements),
        NodeKind.Mapping => y.IsMapping && AreEqual(x.Entries, y),
        _ => y.IsScalar && AreScalarsEqual(x, y),
    };

    public int GetHashCode(DocumentNode obj)
    {
        switch (obj.Kind)
        {
            case NodeKind.Null:
                return 1;
            case NodeKind.Boolean:
                return obj.AsBoolean == true ? 2 : 3;
            case NodeKind.String:
                return obj.Text.GetHashCode(StringComparison.Ordinal);
            case NodeKind.Sequence:
                var hash = new HashCode();
                foreach (var item in obj.Elements)
                    hash.Add(GetHashCode(item));
                return hash.ToHashCode();
            case NodeKind.Mapping:
                var sum = 7;
                foreach (var entry in obj.Entries)
                    sum = unchecked(sum + HashCode.Combine(entry.Key.GetHashCode(StringComparison.Ordinal), GetHashCode(entry.Value)));
                return sum;
            default:
                return obj.Number!.Value.GetHashCode();
        }
    }

    private static bool AreScalarsEqual(DocumentNode left, DocumentNode right)
    {
        if (left.Number is { } number)
            return right.Number is { } other && number == other;
        return left.Kind == right.Kind && left.Kind switch
        {
            NodeKind.Null => true,
            NodeKind.Boolean => left.AsBoolean == right.AsBoolean,
            _ => left.Text == right.Text,
        };
    }

    private bool AreEqual(NodeList left, NodeList right)
    {
        if (left.Count != right.Count)
            return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (!Equals(left[i], right[i]))
                return false;
        }
        return true;
    }

    private bool AreEqual(EntryList left, DocumentNode right)
    {
        if (left.Count != right.Entries.Count)
            return false;
        foreach (var entry in left)
        {
            if (right[entry.Key] is not { } value || !Equals(entry.Value, value))
                return false;
        }
        return true;
    }
}
