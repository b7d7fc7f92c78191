using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>Equality of JSON values: numbers by value, mappings in any order.</summary>
internal sealed class NodeEquality : IEqualityComparer<DocumentNode>
{
    public static NodeEquality Instance { get; } = new();

    public bool Equals(DocumentNode? x, DocumentNode? y) => (x, y) switch
    {
        (ScalarNode left, ScalarNode right) => AreEqual(left, right),
        (SequenceNode left, SequenceNode right) => AreEqual(left.Span, right.Span),
        (MappingNode left, MappingNode right) => AreEqual(left, right),
        _ => false,
    };

    public int GetHashCode(DocumentNode obj)
    {
        switch (obj)
        {
            case ScalarNode scalar:
                return scalar.Kind switch
                {
                    NodeKind.Null => 1,
                    NodeKind.Boolean => scalar.IsTrue ? 2 : 3,
                    NodeKind.String => scalar.Text.GetHashCode(StringComparison.Ordinal),
                    _ => scalar.Number!.Value.GetHashCode(),
                };
            case SequenceNode sequence:
                var hash = new HashCode();
                foreach (var item in sequence.Span)
                    hash.Add(GetHashCode(item));
                return hash.ToHashCode();
            default:
                var sum = 7;
                foreach (ref readonly var entry in ((MappingNode)obj).Span)
                    sum = unchecked(sum + HashCode.Combine(entry.Key.GetHashCode(StringComparison.Ordinal), GetHashCode(entry.Value)));
                return sum;
        }
    }

    private static bool AreEqual(ScalarNode left, ScalarNode right)
    {
        if (left.Number is { } number)
            return right.Number is { } other && number == other;
        return left.Kind == right.Kind && left.Kind switch
        {
            NodeKind.Null => true,
            NodeKind.Boolean => left.IsTrue == right.IsTrue,
            _ => left.Text == right.Text,
        };
    }

    private bool AreEqual(ReadOnlySpan<DocumentNode> left, ReadOnlySpan<DocumentNode> right)
    {
        if (left.Length != right.Length)
            return false;
        for (var i = 0; i < left.Length; i++)
        {
            if (!Equals(left[i], right[i]))
                return false;
        }
        return true;
    }

    private bool AreEqual(MappingNode left, MappingNode right)
    {
        if (left.Span.Length != right.Span.Length)
            return false;
        foreach (ref readonly var entry in left.Span)
        {
            if (right.Find(entry.Key) is not { } value || !Equals(entry.Value, value))
                return false;
        }
        return true;
    }
}
