using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Kinds;
using Planning.Artifacts.Schema;

namespace Planning.Engine.Gates.Validators;

/// <summary>The JSON Schemas of artifact kinds, of every version that this release knows; files of schemas/artifacts.</summary>
internal static class ArtifactSchemas
{
    private const string Folder = "schemas/artifacts/";

    /// <summary>The run bounds the findings, not the single schema.</summary>
    private static readonly SchemaOptions Options = SchemaOptions.Default with { MaxFindings = int.MaxValue };

    private static readonly FrozenDictionary<ArtifactKind, string> Names = new Dictionary<ArtifactKind, string>
    {
        [ArtifactKind.Backlog] = "be_backlog",
        [ArtifactKind.TeamCapacity] = "team_capacity",
        [ArtifactKind.ParityReport] = "parity",
        [ArtifactKind.CycleNotes] = "cycle_notes",
    }.ToFrozenDictionary();

    private static readonly Lazy<FrozenDictionary<string, SortedList<int, JsonSchema>>> Schemas = new(Load);

    /// <summary>The versions of a kind's schema, oldest first; null for kinds without one.</summary>
    public static SortedList<int, JsonSchema>? Of(ArtifactKind kind) => Names.TryGetValue(kind, out var name) ? Schemas.Value[name] : null;

    /// <summary>The first number of the document's version, which names the schema; null where there is none, or it is no version.</summary>
    public static int? VersionOf(DocumentNode root) =>
        root["version"] is { IsScalar: true } version && int.TryParse(version.Text.AsSpan().Trim().ToString().Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : null;

    private static FrozenDictionary<string, SortedList<int, JsonSchema>> Load()
    {
        var all = new Dictionary<string, SortedList<int, JsonSchema>>(StringComparer.Ordinal);
        var registry = new SchemaRegistry();
        var assembly = typeof(ArtifactSchemas).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)))
        {
            // be_backlog.v1.json
            var parts = resource[Folder.Length..].Split('.');
            using var bytes = new MemoryStream();
            using (var stream = assembly.GetManifestResourceStream(resource)!)
                stream.CopyTo(bytes);
            var schema = JsonSchema.Compile(bytes.ToArray(), resource, registry, Options);
            if (!all.TryGetValue(parts[0], out var versions))
                all[parts[0]] = versions = [];
            versions.Add(
                int.Parse(parts[1].AsSpan(1), CultureInfo.InvariantCulture),
                schema.Value ?? throw new UnreachableException($"The shipped schema {resource} is faulty: {schema.Findings[0]}"));
        }
        return all.ToFrozenDictionary();
    }
}
