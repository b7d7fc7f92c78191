using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>The resources of one schema document, found by following the keywords that hold schemas.</summary>
internal sealed class SchemaDocument
{
    private readonly Dictionary<DocumentNode, SchemaResource> _byRoot = [];
    private readonly Func<string?, SchemaDraft> _draftOf;

    /// <param name="address">Where the document is registered; its $id may say otherwise.</param>
    /// <param name="root">The whole document.</param>
    /// <param name="draftOf">The draft for a value of $schema, or for none.</param>
    public SchemaDocument(string address, DocumentNode root, Func<string?, SchemaDraft> draftOf)
    {
        _draftOf = draftOf;
        Root = Resource(root["$id"]?.AsString is { } id ? SchemaUri.Resolve(address, id).Address : address, root, null);
        Scan(root, Root);
    }

    /// <summary>The resource of the whole document.</summary>
    public SchemaResource Root { get; }

    /// <summary>All resources.</summary>
    public IEnumerable<SchemaResource> Resources => _byRoot.Values;

    /// <summary>The innermost resource that holds a node; null for nodes of other documents.</summary>
    public SchemaResource? Of(DocumentNode node)
    {
        for (DocumentNode? at = node; at is { } place; at = place.Parent)
        {
            if (_byRoot.TryGetValue(place, out var resource))
                return resource;
        }
        return null;
    }

    private SchemaResource Resource(string address, DocumentNode root, SchemaResource? around)
    {
        var declared = root["$schema"];
        var draft = declared is null && around is not null ? around.Draft : _draftOf(declared?.AsString);
        return _byRoot[root] = new SchemaResource(address, root, declared ?? around?.Declared, draft);
    }

    private void Scan(DocumentNode node, SchemaResource resource)
    {
        if (!node.IsMapping)
            return;
        resource = Identify(node, resource);
        var keywords = DraftKeywords.Of(resource.Draft);
        foreach (var entry in node.Entries)
        {
            if (keywords.HoldsSchemas(entry.Key))
                ScanAll(entry.Value.IsSequence ? entry.Value.Elements : [entry.Value], resource);
            else if (keywords.HoldsNamedSchemas(entry.Key) && entry.Value is { IsMapping: true, Entries: var named })
                ScanAll(named.Select(schema => schema.Value), resource);
        }
    }

    private void ScanAll(IEnumerable<DocumentNode> schemas, SchemaResource resource)
    {
        foreach (var schema in schemas)
            Scan(schema, resource);
    }

    /// <summary>Notes the schema's names, and gives the resource that it begins or belongs to.</summary>
    private SchemaResource Identify(DocumentNode schema, SchemaResource resource)
    {
        if (schema["$id"]?.AsString is { } id)
        {
            var draft = schema["$schema"]?.AsString is { } declared ? _draftOf(declared) : resource.Draft;
            // In draft 7 nothing beside a $ref counts, and a fragment in an id is an anchor.
            if (draft == SchemaDraft.Draft7 && schema["$ref"] is not null)
                return resource;
            var (address, fragment) = SchemaUri.Resolve(resource.Address, id);
            if (schema != Root.Root && (draft != SchemaDraft.Draft7 || !id.StartsWith('#')))
                resource = Resource(address, schema, resource);
            if (draft == SchemaDraft.Draft7 && fragment.Length > 0)
                resource.Anchors[fragment] = schema;
        }
        if (resource.Draft == SchemaDraft.Draft7)
            return resource;
        if (schema["$anchor"]?.AsString is { } anchor)
            resource.Anchors[anchor] = schema;
        if (schema["$dynamicAnchor"]?.AsString is { } dynamicAnchor)
            resource.DynamicAnchors[dynamicAnchor] = resource.Anchors[dynamicAnchor] = schema;
        return resource;
    }
}
