namespace Planning.Artifacts.Kinds.Migrations;

/// <summary>What turns a document of one version of its kind into one of the next.</summary>
/// <param name="To">The version that it then has: the first number of its field <c>version</c>.</param>
/// <param name="Renames">Place of a key to its new name; done first. A place is a JSON pointer in which <c>*</c> stands for every
/// element of a list or every key of a mapping.</param>
/// <param name="Defaults">Place of a key to the JSON text of the value that it gets where it is missing.</param>
public sealed record MigrationStep(int To, IReadOnlyDictionary<string, string> Renames, IReadOnlyDictionary<string, string> Defaults);

/// <summary>Ids of the rules that a migration can break.</summary>
public static class MigrationRules
{
    /// <summary>A key cannot be renamed: its mapping has one of the new name.</summary>
    public const string KeyExists = "migration.key_exists";

    /// <summary>What is to be changed is written elsewhere, and comes here by a YAML alias.</summary>
    public const string Alias = "migration.alias";
}
