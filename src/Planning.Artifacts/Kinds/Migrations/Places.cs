using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Kinds.Migrations;

/// <summary>Finds mappings by a JSON pointer in which <c>*</c> stands for every element or key.</summary>
internal static class Places
{
    public static IEnumerable<DocumentNode> Find(DocumentNode root, string pointer)
    {
        IEnumerable<DocumentNode> found = [root];
        foreach (var part in pointer.Split('/').Skip(1))
            found = found.SelectMany(node => Step(node, part)).ToList();
        return found.Where(node => node.IsMapping);
    }

    private static IEnumerable<DocumentNode> Step(DocumentNode node, string part) => part switch
    {
        "*" when node.IsMapping => node.Entries.Select(entry => entry.Value),
        "*" => node.Elements,
        _ when node.At("/" + part) is { } child => [child],
        _ => [],
    };
}
