using System.Collections.Frozen;
using System.Diagnostics;
using Planning.Artifacts;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Schema;

namespace Planning.Engine.Rulebooks;

/// <summary>The JSON Schemas of the files, compiled once per process.</summary>
internal static class RulebookSchemas
{
    private static readonly Lazy<FrozenDictionary<string, JsonSchema>> Compiled = new(
        () => RulebookFiles.Known.ToFrozenDictionary(file => file, Compile));

    public static IReadOnlyList<Finding> Check(ParsedArtifact file) => file.Root is { } root ? Compiled.Value[file.FileName].Evaluate(root, file.FileName) : [];

    private static JsonSchema Compile(string file)
    {
        var name = $"rulebook/v1/{Path.GetFileNameWithoutExtension(file)}.json";
        var result = JsonSchema.Compile(Resources.Bytes(name), name, new SchemaRegistry());
        return result.Value ?? throw new UnreachableException($"The schema {name} has findings: {string.Join("; ", result.Findings)}");
    }
}
