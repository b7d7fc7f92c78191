using System.Collections.Immutable;
using System.Globalization;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Kinds;
using Planning.Artifacts.Schema;
using Planning.Domain;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Rulebooks;

/// <summary>Reads <c>artifacts.yaml</c>: the kinds of artifacts that a workspace registers.</summary>
internal static class ArtifactKindsReader
{
    /// <summary>Characters of one schema, written as JSON without blanks.</summary>
    public const int MaxSchemaLength = 200_000;

    public static ImmutableArray<ArtifactKindDefinition> Read(RulebookFile file)
    {
        var taken = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        return [.. RulebookFile.Entries(file.Root?["kinds"]).Select(kind => ReadKind(file, kind.Key, kind.Value, taken))];
    }

    private static ArtifactKindDefinition ReadKind(RulebookFile file, string name, DocumentNode node, Dictionary<string, string> taken)
    {
        var schemas = ReadSchemas(file, name, node["schemas"]);
        return new ArtifactKindDefinition(
            name, ReadPatterns(file, name, node["patterns"], taken), ReadProfile(node["lint"]), schemas, ReadMigrations(file, name, node["migrations"], schemas));
    }

    private static ImmutableArray<string> ReadPatterns(RulebookFile file, string kind, DocumentNode? list, Dictionary<string, string> taken)
    {
        var patterns = ImmutableArray.CreateBuilder<string>();
        foreach (var node in list?.Elements ?? default)
        {
            if (node.AsString is not { Length: > 0 } pattern)
                continue;
            var like = ArtifactKinds.Of(NamePattern.Sample(pattern));
            if (ArtifactKinds.IsBuiltIn(like))
            {
                file.Report(
                    node, RulebookRules.BuiltInKind, $"Every file that fits {pattern} is of the built-in kind {Snake.Case(like.ToString())}, which holds for it whatever is registered.",
                    "Choose names that no built-in kind has; schemas/artifacts/README.md lists them.");
            }
            else if (like is not (ArtifactKind.Yaml or ArtifactKind.Json))
            {
                file.Report(
                    node, RulebookRules.KindFormat, $"A schema cannot judge what fits {pattern}: that is neither YAML nor JSON by its name.",
                    "Let the pattern end in .yaml, .yml or .json.");
            }
            else if (!taken.TryAdd(pattern, kind))
            {
                file.Report(node, RulebookRules.DuplicatePattern, $"The kind {taken[pattern]} has the pattern {pattern} already.", "Give it to one of them; the first that fits a name holds.");
            }
            patterns.Add(pattern);
        }
        return patterns.ToImmutable();
    }

    private static LintProfile ReadProfile(DocumentNode? node) => node?.AsString switch
    {
        "relaxed" => LintProfile.Relaxed,
        "off" => LintProfile.Off,
        _ => LintProfile.Strict,
    };

    private static ImmutableSortedDictionary<int, string> ReadSchemas(RulebookFile file, string kind, DocumentNode? section)
    {
        var schemas = ImmutableSortedDictionary.CreateBuilder<int, string>();
        foreach (var (version, _, _, node) in RulebookFile.Entries(section))
        {
            if (VersionOf(version) is not { } number)
                continue;
            var json = schemas[number] = NodeJson.Write(node);
            if (json.Length > MaxSchemaLength)
            {
                file.Report(
                    node, RulebookRules.MaxSchemaLength, $"Version {version} of the schema of {kind} has {json.Length} characters; max_schema_length is {MaxSchemaLength}.",
                    "Shorten it, or split the kind.");
            }
            else
            {
                file.Report(node, JsonSchema.Compile(node, file.Name, new SchemaRegistry()).Findings);
            }
        }
        return schemas.ToImmutable();
    }

    private static ImmutableSortedDictionary<int, ArtifactMigration> ReadMigrations(
        RulebookFile file, string kind, DocumentNode? section, ImmutableSortedDictionary<int, string> schemas)
    {
        var migrations = ImmutableSortedDictionary.CreateBuilder<int, ArtifactMigration>();
        foreach (var (version, _, _, node) in RulebookFile.Entries(section))
        {
            if (VersionOf(version) is not { } number)
                continue;
            if (!schemas.ContainsKey(number) || schemas.Keys.First() == number)
            {
                file.Report(
                    node, RulebookRules.MigrationVersion, $"Nothing of {kind} can be migrated to version {version}: the kind lacks a schema of it, or of one before.",
                    "Give the schemas of both versions, or remove the migration.");
                continue;
            }
            migrations[number] = new ArtifactMigration(
                RulebookFile.Entries(node["renames"]).ToImmutableSortedDictionary(e => e.Key, e => RulebookFile.Text(e.Value) ?? "", StringComparer.Ordinal),
                RulebookFile.Entries(node["defaults"]).ToImmutableSortedDictionary(e => e.Key, e => NodeJson.Write(e.Value), StringComparer.Ordinal));
        }
        return migrations.ToImmutable();
    }

    private static int? VersionOf(string key) => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
