using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Planning.Artifacts.Kinds;
using Planning.Artifacts.Schema;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Gates.Kinds;

/// <summary>The kinds of artifacts that a rulebook registers, ready to judge. Made once for each rulebook in memory.</summary>
internal sealed class RegisteredKinds
{
    private static readonly ConditionalWeakTable<Rulebook, RegisteredKinds> Known = [];

    private readonly RegisteredKind[] kinds;

    private RegisteredKinds(Rulebook rules) => kinds = [.. rules.ArtifactKinds.Select(definition => new RegisteredKind(definition))];

    public static RegisteredKinds Of(Rulebook rules) => Known.GetValue(rules, static rules => new RegisteredKinds(rules));

    /// <summary>What findings depend on beyond the artifacts: nothing, or the rulebook that registers kinds.</summary>
    public static string CacheScope(Rulebook rules) => rules.ArtifactKinds.IsEmpty ? "" : rules.Hash.Value;

    /// <summary>The registered kind of a file; null for built-in kinds, which go first, and for files that no pattern fits.</summary>
    public RegisteredKind? Find(string name) =>
        kinds.Length == 0 || ArtifactKinds.IsBuiltIn(ArtifactKinds.Of(name))
            ? null
            : Array.Find(kinds, kind => kind.Definition.Patterns.Any(pattern => NamePattern.Fits(pattern, name)));
}

/// <summary>One registered kind with its compiled schemas.</summary>
internal sealed class RegisteredKind(ArtifactKindDefinition definition)
{
    /// <summary>The run bounds the findings, not the single schema.</summary>
    private static readonly SchemaOptions Options = SchemaOptions.Default with { MaxFindings = int.MaxValue };

    private readonly Lazy<SortedList<int, JsonSchema>> schemas = new(() => Compile(definition));

    public ArtifactKindDefinition Definition => definition;

    /// <summary>By version, oldest first.</summary>
    public SortedList<int, JsonSchema> Schemas => schemas.Value;

    private static SortedList<int, JsonSchema> Compile(ArtifactKindDefinition definition)
    {
        var versions = new SortedList<int, JsonSchema>();
        foreach (var (version, json) in definition.Schemas)
        {
            var compiled = JsonSchema.Compile(Encoding.UTF8.GetBytes(json), $"{definition.Name}.v{version}.json", new SchemaRegistry(), Options);
            versions.Add(version, compiled.Value ?? throw new UnreachableException($"The rulebook was read with a faulty schema: {compiled.Findings[0]}"));
        }
        return versions;
    }
}
