using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Kinds.Migrations;

/// <summary>Finds mappings by a JSON pointer in which <c>*</c> stands for every element or key.</summary>
internal static class Places
{
    public static IEnumerable<MappingNode> Find(DocumentNode root, string pointer)
    {
        IEnumerable<DocumentNode> found = [root];
        foreach (var part in pointer.Split('/').Skip(1))
            found = found.SelectMany(node => Step(node, part)).ToList();
        return found.OfType<MappingNode>();
    }

    private static IEnumerable<DocumentNode> Step(DocumentNode node, string part) => (part, node) switch
    {
        ("*", MappingNode mapping) => mapping.Entries.Select(entry => entry.Value),
        ("*", _) => node.Elements,
        _ when node.At("/" + part) is { } child => [child],
        _ => [],
    };
}
