using System.Collections.Concurrent;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>The schemas that references may lead to; nothing else is ever looked up, and never the network.
/// The meta-schemas of draft 2020-12 are always there. Safe for use by many threads.</summary>
public sealed class SchemaRegistry
{
    private static readonly Lazy<IReadOnlyList<SchemaDocument>> MetaSchemas = new(LoadMetaSchemas);

    private readonly ConcurrentDictionary<string, (SchemaDocument Document, SchemaResource Resource)> _resources = new(StringComparer.Ordinal);

    /// <summary>Creates a registry with the meta-schemas of draft 2020-12.</summary>
    public SchemaRegistry()
    {
        foreach (var document in MetaSchemas.Value)
            Add(document);
    }

    /// <summary>Registers a schema under an address and under the ids within it. A later one replaces an earlier one.</summary>
    /// <param name="address">Absolute address, such as https://planning.example/schemas/artifacts/parity/v1.json.</param>
    /// <param name="schema">Root of the schema document.</param>
    public void Add(string address, DocumentNode schema)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(schema);
        var document = new SchemaDocument(SchemaUri.Normal(address), schema);
        Add(document);
        _resources[SchemaUri.Normal(address)] = (document, document.Root);
    }

    internal (SchemaDocument Document, SchemaResource Resource)? Find(string address) =>
        _resources.TryGetValue(address, out var found) ? found : null;

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
            documents.Add(new SchemaDocument(SchemaUri.Anonymous, ArtifactParser.Parse(bytes.ToArray(), name).Root!));
        }
        return documents;
    }
}
