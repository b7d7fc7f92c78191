using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>Equality of JSON values: numbers by value, mappings in any order.</summary>
internal sealed class NodeEquality : IEqualityComparer<DocumentNode>
{
    public static NodeEquality Instance { get; } = new();

    public bool Equals(DocumentNode? x, DocumentNode? y)
    {
        if (x is ScalarNode left && y is ScalarNode right)
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
        if (x is SequenceNode list && y is SequenceNode otherList)
        {
            return list.Items.Count == otherList.Items.Count
                && list.Items.Zip(otherList.Items).All(pair => Equals(pair.First, pair.Second));
        }
        return x is MappingNode mapping && y is MappingNode otherMapping
            && mapping.Entries.Count == otherMapping.Entries.Count
            && mapping.Entries.All(entry => otherMapping.Find(entry.Key) is { } value && Equals(entry.Value, value));
    }

    public int GetHashCode(DocumentNode obj)
    {
        switch (obj)
        {
            case ScalarNode scalar:
                return scalar.Kind switch
                {
                    NodeKind.Null => 1,
                    NodeKind.Boolean => scalar.AsBoolean == true ? 2 : 3,
                    NodeKind.String => scalar.Text.GetHashCode(StringComparison.Ordinal),
                    _ => scalar.Number!.Value.GetHashCode(),
                };
            case SequenceNode sequence:
                var hash = new HashCode();
                foreach (var item in sequence.Items)
                    hash.Add(GetHashCode(item));
                return hash.ToHashCode();
            default:
                return ((MappingNode)obj).Entries.Aggregate(7, (sum, entry) =>
                    unchecked(sum + HashCode.Combine(entry.Key, GetHashCode(entry.Value))));
        }
    }
}
