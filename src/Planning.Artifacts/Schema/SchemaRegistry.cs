using System.Collections.Concurrent;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>The schemas that references may lead to; nothing else is ever looked up, and never the network.
/// The meta-schemas of draft 7 and draft 2020-12 are always there. Safe for use by many threads.</summary>
public sealed class SchemaRegistry
{
    private const string Vocabulary = "https://json-schema.org/draft/2020-12/vocab/";

    private static readonly Lazy<IReadOnlyList<SchemaDocument>> MetaSchemas = new(LoadMetaSchemas);

    private readonly ConcurrentDictionary<string, (SchemaDocument Document, SchemaResource Resource)> _resources = new(StringComparer.Ordinal);

    /// <summary>Creates a registry with the meta-schemas of both drafts.</summary>
    public SchemaRegistry()
    {
        foreach (var document in MetaSchemas.Value)
            Add(document);
    }

    /// <summary>The draft of schemas that have no <c>$schema</c>, registered here or compiled with what is registered here.
    /// Default draft 2020-12.</summary>
    public SchemaDraft DefaultDraft { get; init; } = SchemaDraft.Draft202012;

    /// <summary>Registers a schema under an address and under the ids within it. A later one replaces an earlier one.
    /// A meta-schema comes before the schemas that name it as their <c>$schema</c>.</summary>
    /// <param name="address">Absolute address, such as https://planning.example/schemas/artifacts/parity/v1.json.</param>
    /// <param name="schema">Root of the schema document.</param>
    public void Add(string address, DocumentNode schema)
    {
        ArgumentNullException.ThrowIfNull(address);
        var document = Read(SchemaUri.Normal(address), schema);
        Add(document);
        _resources[SchemaUri.Normal(address)] = (document, document.Root);
    }

    internal (SchemaDocument Document, SchemaResource Resource)? Find(string address) =>
        _resources.TryGetValue(address, out var found) ? found : null;

    /// <summary>The document with its resources, not registered.</summary>
    internal SchemaDocument Read(string address, DocumentNode schema) =>
        new(address, schema, declared => declared is null ? DefaultDraft : DialectOf(declared)?.Draft ?? SchemaDraft.Draft202012);

    /// <summary>What a value of $schema stands for: a draft, or a registered meta-schema with the vocabularies that it lists;
    /// null where it is neither.</summary>
    internal SchemaDialect? DialectOf(string name)
    {
        if (DraftKeywords.Named(name) is { } draft)
            return new SchemaDialect(draft);
        if (Find(SchemaUri.Normal(name)) is not { Resource: var meta })
            return null;
        if (meta.Root["$vocabulary"] is not { IsMapping: true } vocabularies)
            return new SchemaDialect(meta.Draft);
        return new SchemaDialect(
            meta.Draft, vocabularies[Vocabulary + "validation"] is not null, vocabularies[Vocabulary + "format-assertion"] is not null);
    }

    private void Add(SchemaDocument document)
    {
        foreach (var resource in document.Resources)
            _resources[resource.Address] = (document, resource);
    }

    private static List<SchemaDocument> LoadMetaSchemas()
    {
        var assembly = typeof(SchemaRegistry).Assembly;
        var documents = new List<SchemaDocument>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("metaschema/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            var root = ArtifactParser.Parse(bytes.ToArray(), name).Root!.Value;
            documents.Add(new SchemaDocument(SchemaUri.Anonymous, root, declared => DraftKeywords.Named(declared!)!.Value));
        }
        return documents;
    }
}
