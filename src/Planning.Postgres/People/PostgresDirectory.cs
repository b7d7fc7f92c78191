using Npgsql;
using Planning.Domain;
using Planning.Engine.People;

namespace Planning.Postgres.People;

/// <summary>Keys and persons, as the request role: one workspace at a time, or the one key that was shown.</summary>
public sealed partial class PostgresDirectory(PlanningDatabase database) : IDirectory
{
    private static readonly string FindApiKeySql = SqlFile.Read("people/find_api_key");
    private static readonly string HasApiKeysSql = SqlFile.Read("people/has_api_keys");
    private static readonly string AddApiKeySql = SqlFile.Read("people/add_api_key");
    private static readonly string ListApiKeysSql = SqlFile.Read("people/list_api_keys");
    private static readonly string RevokeApiKeySql = SqlFile.Read("people/revoke_api_key");
    private static readonly string StepUpApiKeySql = SqlFile.Read("people/step_up_api_key");
    private static readonly string AddSignerKeySql = SqlFile.Read("people/add_signer_key");
    private static readonly string FindSignerKeySql = SqlFile.Read("people/find_signer_key");
    private static readonly string ListSignerKeysSql = SqlFile.Read("people/list_signer_keys");
    private static readonly string RevokeSignerKeySql = SqlFile.Read("people/revoke_signer_key");
    private static readonly string SavePersonSql = SqlFile.Read("people/save_person");
    private static readonly string FindPersonSql = SqlFile.Read("people/find_person");
    private static readonly string ErasePersonSql = SqlFile.Read("people/erase_person");

    public async ValueTask<ApiKey?> FindApiKeyAsync(ReadOnlyMemory<byte> secretHash, CancellationToken cancellation)
    {
        await using var request = await RequestBatch.OpenForKeyAsync(database, secretHash, cancellation);
        await using var reader = await request.ReadAsync(FindApiKeySql, cancellation, secretHash);
        return await reader.ReadAsync(cancellation) ? KeyRows.ApiKey(reader) : null;
    }

    /// <summary>Asked by the process for itself, not for a request.</summary>
    public async ValueTask<bool> HasApiKeysAsync(CancellationToken cancellation) =>
        (bool)(await database.Consumer.ScalarAsync(HasApiKeysSql, cancellation))!;

    public async ValueTask AddApiKeyAsync(ApiKey key, CancellationToken cancellation) =>
        await WriteAsync(
            key.Workspace, AddApiKeySql, cancellation, key.KeyId, key.Holder.Value, Snake.Case(key.HolderKind.ToString()),
            key.Roles.Select(role => Snake.Case(role.ToString())).ToArray(), key.SecretHash,
            key.CreatedAt, Statement.Time(key.ExpiresAt), Statement.Time(key.RevokedAt), key.Groups.ToArray());

    public ValueTask<IReadOnlyList<ApiKey>> ListApiKeysAsync(WorkspaceId workspace, CancellationToken cancellation) =>
        ListAsync(workspace, ListApiKeysSql, KeyRows.ApiKey, cancellation);

    public async ValueTask<bool> RevokeApiKeyAsync(WorkspaceId workspace, string keyId, DateTimeOffset at, CancellationToken cancellation) =>
        await WriteAsync(workspace, RevokeApiKeySql, cancellation, keyId, at);

    public async ValueTask<bool> StepUpApiKeyAsync(WorkspaceId workspace, string keyId, DateTimeOffset at, CancellationToken cancellation) =>
        await WriteAsync(workspace, StepUpApiKeySql, cancellation, keyId, at);

    public async ValueTask<bool> AddSignerKeyAsync(SignerKey key, CancellationToken cancellation) =>
        await WriteAsync(
            key.Workspace, AddSignerKeySql, cancellation, key.Fingerprint, key.PublicKeyPem, key.Person.Value,
            Snake.Case(key.Role.ToString()), key.ValidFrom, key.ValidTo, Statement.Time(key.RevokedAt));

    public async ValueTask<SignerKey?> FindSignerKeyAsync(WorkspaceId workspace, string fingerprint, CancellationToken cancellation)
    {
        var found = await ListAsync(workspace, FindSignerKeySql, KeyRows.SignerKey, cancellation, fingerprint);
        return found.Count == 0 ? null : found[0];
    }

    public ValueTask<IReadOnlyList<SignerKey>> ListSignerKeysAsync(WorkspaceId workspace, CancellationToken cancellation) =>
        ListAsync(workspace, ListSignerKeysSql, KeyRows.SignerKey, cancellation);

    public async ValueTask<bool> RevokeSignerKeyAsync(WorkspaceId workspace, string fingerprint, DateTimeOffset at, CancellationToken cancellation) =>
        await WriteAsync(workspace, RevokeSignerKeySql, cancellation, fingerprint, at);

    public async ValueTask SavePersonAsync(Person person, CancellationToken cancellation) =>
        await WriteAsync(person.Workspace, SavePersonSql, cancellation, person.Id.Value, person.Name, person.Mail);

    public async ValueTask<Person?> FindPersonAsync(WorkspaceId workspace, PersonId id, CancellationToken cancellation)
    {
        var found = await ListAsync(
            workspace, FindPersonSql, row => new Person(workspace, id, row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)), cancellation, id.Value);
        return found.Count == 0 ? null : found[0];
    }

    public async ValueTask<bool> ErasePersonAsync(WorkspaceId workspace, PersonId id, CancellationToken cancellation) =>
        await WriteAsync(workspace, ErasePersonSql, cancellation, id.Value);

    /// <summary>The workspace is $1 of every statement here.</summary>
    /// <returns>Whether a row was written.</returns>
    private async ValueTask<bool> WriteAsync(WorkspaceId workspace, string sql, CancellationToken cancellation, params object?[] values)
    {
        await using var request = await RequestBatch.OpenAsync(database, workspace, cancellation);
        return await request.WriteAsync(sql, cancellation, [workspace.Value, .. values]) == 1;
    }

    private async ValueTask<IReadOnlyList<T>> ListAsync<T>(
        WorkspaceId workspace, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object?[] values)
    {
        await using var request = await RequestBatch.OpenAsync(database, workspace, cancellation);
        await using var reader = await request.ReadAsync(sql, cancellation, [workspace.Value, .. values]);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(read(reader));
        return rows;
    }
}
