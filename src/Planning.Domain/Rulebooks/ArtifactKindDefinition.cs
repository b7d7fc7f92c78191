using System.Collections.Immutable;

namespace Planning.Domain.Rulebooks;

/// <summary>How strictly YAML of a registered kind is linted.</summary>
public enum LintProfile
{
    /// <summary>What is only form is an error, too.</summary>
    Strict = 1,

    /// <summary>What is only form is a warning.</summary>
    Relaxed,

    /// <summary>Not at all; the schema still judges.</summary>
    Off,
}

/// <summary>A kind of artifacts that a workspace registers beside the built-in ones, in <c>artifacts.yaml</c>.</summary>
/// <param name="Patterns">Names of its files, with <c>*</c>, <c>**</c> and <c>?</c>.</param>
/// <param name="Schemas">First number of an artifact's <c>version</c> to the JSON text of its schema; at least one.</param>
/// <param name="Migrations">Version to the changes that lead to it from the version before.</param>
public sealed record ArtifactKindDefinition(
    string Name,
    ImmutableArray<string> Patterns,
    LintProfile Lint,
    ImmutableSortedDictionary<int, string> Schemas,
    ImmutableSortedDictionary<int, ArtifactMigration> Migrations);

/// <summary>What changes from one version of a kind to the next. Places are JSON pointers, in which <c>*</c> is every element.</summary>
/// <param name="Renames">Place of a key to its new name; done first.</param>
/// <param name="Defaults">Place of a key that may be missing to the JSON text of its value.</param>
public sealed record ArtifactMigration(ImmutableSortedDictionary<string, string> Renames, ImmutableSortedDictionary<string, string> Defaults);
