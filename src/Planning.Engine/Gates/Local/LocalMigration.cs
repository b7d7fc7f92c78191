using Planning.Artifacts;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Kinds.Migrations;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates.Kinds;
using Planning.Engine.Gates.Validators;

namespace Planning.Engine.Gates.Local;

/// <summary>Brings a file of a registered kind from its version to a later one, step by step, as the rulebook says.</summary>
public static class LocalMigration
{
    /// <summary>No migration leads from the file's version to the one that is wanted.</summary>
    public const string NoPathRule = "migration.no_path";

    /// <param name="version">The version that is wanted; the file's own gives the file back unchanged.</param>
    /// <returns>The new text, or why there is none; null when no registered kind has the file's name.</returns>
    public static ReadResult<string>? Run(LocalFile file, Rulebook rules, int version)
    {
        if (RegisteredKinds.Of(rules).Find(file.Name) is not { Definition: { } kind })
            return null;
        var parsed = ArtifactParser.Parse(file.Bytes, file.Name);
        if (parsed is not { Ok: true, Root: { } root, Text: { } text })
            return new ReadResult<string>(null, parsed.Findings);
        // Without a version it is of the oldest: that is what files were before anybody counted.
        var from = ArtifactSchemas.VersionOf(root) ?? kind.Schemas.Keys.First();
        var steps = kind.Schemas.Keys.Where(v => v > from && v <= version).ToArray();
        if (version < from || !kind.Schemas.ContainsKey(version) || !kind.Schemas.ContainsKey(from) || !steps.All(kind.Migrations.ContainsKey))
            return new ReadResult<string>(null, [NoPath(file.Name, root, kind, from, version)]);

        var result = new ReadResult<string>(text, []);
        foreach (var step in steps)
        {
            var migration = kind.Migrations[step];
            result = Migration.Apply(file.Name, result.Value!, new MigrationStep(step, migration.Renames, migration.Defaults));
            if (result.Value is null)
                break;
        }
        return result;
    }

    private static Finding NoPath(string file, DocumentNode root, ArtifactKindDefinition kind, int from, int to)
    {
        var at = root["version"] ?? root;
        return new Finding(
            file, at.Line, at.Column, at.Pointer, NoPathRule, Severity.Error,
            $"Nothing leads from version {from} to version {to} of {kind.Name}; there are {string.Join(", ", kind.Schemas.Keys)}, and migrations to {(kind.Migrations.IsEmpty ? "none" : string.Join(", ", kind.Migrations.Keys))}.",
            "Choose a later version, or write the missing migrations in artifacts.yaml.");
    }
}
