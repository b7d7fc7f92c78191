using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>A schema with an address of its own: a whole document, or a part of one with its own $id.</summary>
/// <param name="address">Absolute, without fragment.</param>
/// <param name="root">Where it begins.</param>
/// <param name="declared">Its $schema, or that of the resource around it; null where no one says.</param>
/// <param name="draft">Whose rules its ids and anchors follow.</param>
internal sealed class SchemaResource(string address, DocumentNode root, DocumentNode? declared, SchemaDraft draft)
{
    public string Address { get; } = address;

    public DocumentNode Root { get; } = root;

    public DocumentNode? Declared { get; } = declared;

    public SchemaDraft Draft { get; } = draft;

    public Dictionary<string, DocumentNode> Anchors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DocumentNode> DynamicAnchors { get; } = new(StringComparer.Ordinal);
}
