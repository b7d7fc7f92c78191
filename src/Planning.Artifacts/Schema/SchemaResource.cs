using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>A schema with an address of its own: a whole document, or a part of one with its own $id.</summary>
internal sealed class SchemaResource(string address, DocumentNode root)
{
    public string Address { get; } = address;

    public DocumentNode Root { get; } = root;

    public Dictionary<string, DocumentNode> Anchors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DocumentNode> DynamicAnchors { get; } = new(StringComparer.Ordinal);
}

/// <summary>The resources of one schema document, found by following the keywords that hold schemas.</summary>
internal sealed class SchemaDocument
{
    private static readonly HashSet<string> One = new(StringComparer.Ordinal)
    {
        "additionalProperties", "propertyNames", "items", "contains", "not", "if", "then", "else",
        "unevaluatedItems", "unevaluatedProperties", "contentSchema",
    };

    private static readonly HashSet<string> Many = new(StringComparer.Ordinal)
    {
        "prefixItems", "allOf", "anyOf", "oneOf",
        "properties", "patternProperties", "$defs", "definitions", "dependentSchemas",
    };

    private readonly Dictionary<DocumentNode, SchemaResource> _byRoot = new(ReferenceEqualityComparer.Instance);

    public SchemaDocument(string address, DocumentNode root)
    {
        Root = new SchemaResource(root["$id"]?.AsString is { } id ? SchemaUri.Resolve(address, id).Address : address, root);
        _byRoot[root] = Root;
        Scan(root, Root);
    }

    /// <summary>The resource of the whole document.</summary>
    public SchemaResource Root { get; }

    /// <summary>All resources.</summary>
    public IEnumerable<SchemaResource> Resources => _byRoot.Values;

    /// <summary>The innermost resource that holds a node; null for nodes of other documents.</summary>
    public SchemaResource? Of(DocumentNode node)
    {
        for (var at = node; at is not null; at = at.Parent)
        {
            if (_byRoot.TryGetValue(at, out var resource))
                return resource;
        }
        return null;
    }

    private void Scan(DocumentNode node, SchemaResource resource)
    {
        if (node is not MappingNode mapping)
            return;
        if (node != Root.Root && node["$id"]?.AsString is { } id)
        {
            resource = new SchemaResource(SchemaUri.Resolve(resource.Address, id).Address, node);
            _byRoot[node] = resource;
        }
        if (node["$anchor"]?.AsString is { } anchor)
            resource.Anchors[anchor] = node;
        if (node["$dynamicAnchor"]?.AsString is { } dynamicAnchor)
            resource.DynamicAnchors[dynamicAnchor] = resource.Anchors[dynamicAnchor] = node;
        foreach (var entry in mapping.Entries)
        {
            if (One.Contains(entry.Key))
                Scan(entry.Value, resource);
            else if (Many.Contains(entry.Key))
                ScanAll(entry.Value, resource);
        }
    }

    private void ScanAll(DocumentNode holder, SchemaResource resource)
    {
        foreach (var item in holder.Elements)
            Scan(item, resource);
        if (holder is MappingNode named)
        {
            foreach (var entry in named.Entries)
                Scan(entry.Value, resource);
        }
    }
}
