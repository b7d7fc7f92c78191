using Npgsql;
using Planning.Domain;
using Planning.Engine.People;

namespace Planning.Postgres.People;

/// <summary>Rows of api_key and signer_key, columns in the order of their queries.</summary>
internal static class KeyRows
{
    private static readonly Dictionary<string, Role> Roles = Enum.GetValues<Role>().ToDictionary(role => Snake.Case(role.ToString()));
    private static readonly Dictionary<string, ActorKind> Kinds = Enum.GetValues<ActorKind>().ToDictionary(kind => Snake.Case(kind.ToString()));

    public static ApiKey ApiKey(NpgsqlDataReader row) => new(
        Workspace: new(row.GetString(0)),
        KeyId: row.GetString(1),
        Holder: new(row.GetString(2)),
        HolderKind: Kinds[row.GetString(3)],
        Roles: [.. row.GetFieldValue<string[]>(4).Select(role => Roles[role])],
        SecretHash: row.GetFieldValue<byte[]>(5),
        CreatedAt: row.GetFieldValue<DateTimeOffset>(6),
        ExpiresAt: Time(row, 7),
        RevokedAt: Time(row, 8)) { Groups = row.GetFieldValue<string[]>(9), StepUpAt = Time(row, 10) };

    public static SignerKey SignerKey(NpgsqlDataReader row) => new(
        Workspace: new(row.GetString(0)),
        Fingerprint: row.GetString(1),
        PublicKeyPem: row.GetString(2),
        Person: new(row.GetString(3)),
        Role: Roles[row.GetString(4)],
        ValidFrom: row.GetFieldValue<DateTimeOffset>(5),
        ValidTo: row.GetFieldValue<DateTimeOffset>(6),
        RevokedAt: Time(row, 7));

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
