using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>Turns the tree of a schema, and of every schema it refers to, into keywords.</summary>
internal sealed class SchemaCompiler
{
    private readonly Dictionary<DocumentNode, CompiledSchema> _compiled = [];
    private readonly Dictionary<SchemaResource, SchemaScope> _scopes = [];
    private readonly Dictionary<string, (SchemaDocument Document, SchemaResource Resource)> _own = new(StringComparer.Ordinal);
    private readonly Dictionary<DocumentNode, SchemaDocument> _documents = [];
    private readonly SchemaRegistry _registry;
    private readonly FindingSink _sink;

    public SchemaCompiler(SchemaRegistry registry, SchemaOptions options, FindingSink sink)
    {
        _registry = registry;
        Options = options;
        _sink = sink;
    }

    public SchemaOptions Options { get; }

    public CompiledSchema CompileRoot(DocumentNode root)
    {
        var document = _registry.Read(SchemaUri.Anonymous, root);
        _documents[root] = document;
        foreach (var resource in document.Resources)
            _own[resource.Address] = (document, resource);
        var schema = Compile(root);
        CompileDynamicAnchors();
        return schema;
    }

    /// <summary>The schema at a node; each node is compiled once, so references may form circles.</summary>
    public CompiledSchema Compile(DocumentNode node)
    {
        if (_compiled.TryGetValue(node, out var known))
            return known;
        var resource = ResourceOf(node);
        var location = $"{resource.Address}#{RelativePointer(node, resource)}";
        var scope = ScopeOf(resource);
        var schema = new CompiledSchema(location) { Scope = scope };
        _compiled[node] = schema;
        if (node.AsBoolean is { } constant)
            schema.Constant = constant;
        else if (node.IsMapping)
            new SchemaBuilder(this, node, location, scope.Dialect).Fill(schema);
        else
            Error(node, "schema.not_a_schema", "A schema is a mapping, true or false.", "Write a schema here.");
        return schema;
    }

    public void Error(DocumentNode node, string rule, string message, string advice) =>
        _sink.Error(node.Line, node.Column, node.Pointer, rule, message, advice);

    public void Error(MappingEntry entry, string rule, string message, string advice) =>
        _sink.Error(entry.KeyLine, entry.KeyColumn, entry.Value.Pointer, rule, message, advice);

    /// <summary>What a reference leads to; null, with a finding, where that is nothing.</summary>
    public (CompiledSchema Schema, DocumentNode Node)? Resolve(DocumentNode reference)
    {
        if (reference.AsString is not { } text)
        {
            Error(reference, "schema.keyword_value", "A reference is text.", "Write an address, or # and a pointer.");
            return null;
        }
        var (address, fragment) = SchemaUri.Resolve(ResourceOf(reference).Address, text);
        if ((_own.TryGetValue(address, out var own) ? own : _registry.Find(address)) is not { } found)
        {
            Error(reference, "schema.unresolved_reference", $"No schema is registered for '{address}'.", "Register it; schemas are never fetched from the network.");
            return null;
        }
        _documents[found.Document.Root.Root] = found.Document;
        var target = fragment.Length == 0 || fragment[0] == '/'
            ? found.Resource.Root.At(fragment)
            : found.Resource.Anchors.TryGetValue(fragment, out var anchored) ? anchored : null;
        if (target is { } schema)
            return (Compile(schema), schema);
        Error(reference, "schema.unresolved_reference", $"'{address}' has nothing at '#{fragment}'.", "Check the pointer or the anchor.");
        return null;
    }

    private SchemaResource ResourceOf(DocumentNode node)
    {
        var root = node;
        while (root.Parent is { } parent)
            root = parent;
        return _documents[root].Of(node)!;
    }

    private SchemaScope ScopeOf(SchemaResource resource)
    {
        if (!_scopes.TryGetValue(resource, out var scope))
            _scopes[resource] = scope = new SchemaScope(resource, DialectOf(resource));
        return scope;
    }

    /// <summary>Any resource that was reached can become the outermost scope, and compiling one can reach others.</summary>
    private void CompileDynamicAnchors()
    {
        for (var done = 0; done < _scopes.Count; done++)
        {
            var scope = _scopes.Values.ElementAt(done);
            foreach (var (name, node) in scope.Resource.DynamicAnchors)
                scope.DynamicAnchors[name] = Compile(node);
        }
    }

    private static string RelativePointer(DocumentNode node, SchemaResource resource) => node.Pointer[resource.Root.Pointer.Length..];

    private SchemaDialect DialectOf(SchemaResource resource)
    {
        if (resource.Declared is not { } declared)
            return new SchemaDialect(_registry.DefaultDraft);
        if (declared.AsString is { } name && _registry.DialectOf(name) is { } dialect)
            return dialect;
        Error(
            declared, "schema.unknown_dialect", $"The dialect '{declared.Text}' is not known.",
            $"Use {string.Join(" or ", Enum.GetValues<SchemaDraft>().Select(draft => DraftKeywords.Of(draft).Address))}, or register its meta-schema.");
        return new SchemaDialect(resource.Draft);
    }
}
