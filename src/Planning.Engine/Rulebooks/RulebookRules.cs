namespace Planning.Engine.Rulebooks;

/// <summary>Ids of what can be wrong with a rulebook beyond its syntax and schema. Ids are stable.</summary>
public static class RulebookRules
{
    public const string UnknownFile = "rulebook.unknown_file";
    public const string MissingFile = "rulebook.missing_file";
    public const string UnknownValidator = "rulebook.unknown_validator";
    public const string DuplicateName = "rulebook.duplicate_name";
    public const string UnreachableGate = "rulebook.unreachable_gate";
    public const string TwoGates = "rulebook.two_gates";
    public const string MissingGate = "rulebook.missing_gate";
    public const string Formula = "rulebook.formula";
    public const string UnknownDefault = "rulebook.unknown_default";
    public const string UnknownStandard = "rulebook.unknown_standard";
    public const string Conflict = "rulebook.conflict";
    public const string SignerCount = "rulebook.signer_count";
    public const string DuplicateSigner = "rulebook.duplicate_signer";
    public const string UnknownZone = "rulebook.unknown_zone";
    public const string NoDay = "rulebook.no_day";
    public const string FreezeEndsEarly = "rulebook.freeze_ends_early";
    public const string Number = "rulebook.number";
    public const string BuiltInKind = "rulebook.built_in_kind";
    public const string KindFormat = "rulebook.kind_format";
    public const string DuplicatePattern = "rulebook.duplicate_pattern";
    public const string MaxSchemaLength = "rulebook.max_schema_length";
    public const string MigrationVersion = "rulebook.migration_version";
}
