namespace Planning.Artifacts.Schema;

/// <summary>A resource with its dialect and its compiled dynamic anchors.</summary>
internal sealed class SchemaScope(SchemaResource resource, SchemaDialect dialect)
{
    public SchemaResource Resource { get; } = resource;

    public SchemaDialect Dialect { get; } = dialect;

    public Dictionary<string, CompiledSchema> DynamicAnchors { get; } = new(StringComparer.Ordinal);
}
