using Npgsql;
using Planning.Conformance.Harness;
using Planning.Postgres;
using Xunit;

namespace Planning.Conformance.Security;

/// <summary>A request sees its workspace, also where the code forgets to ask for it.</summary>
public sealed class RowLevelSecurityTests : IAsyncLifetime
{
    private MigratedDatabase database = null!;

    public static TheoryData<string> SecuredTables => ["event", "blob", "parked_event", "api_key", "signer_key", "person"];

    public async Task InitializeAsync()
    {
        database = await MigratedDatabase.CreateAsync();
        await using var log = await database.OpenLogAsync();
        await log.CommittedAsync(Sample.Append(Sample.Plan("pln_1"), 0));
        await log.CommittedAsync(Sample.Append(Sample.Plan("pln_1", Sample.OtherWorkspace), 0));
        foreach (var workspace in new[] { Sample.Workspace.Value, Sample.OtherWorkspace.Value })
        {
            await database.ExecuteAsync(
                $"""
                insert into planning.blob (workspace, hash, size, bytes) values ('{workspace}', sha256('x'), 1, 'x');
                insert into planning.parked_event (consumer, partition, position, workspace, kind, entity, event_id, reason) values ('c', 0, {workspace.Length + workspace[4]}, '{workspace}', 1, 'e', 'i', 'r');
                insert into planning.api_key (workspace, key_id, holder, holder_kind, roles, secret_hash, created_at) values ('{workspace}', 'k', 'h', 'person', array[]::text[], sha256('{workspace}'), now());
                insert into planning.signer_key (workspace, fingerprint, public_key_pem, person, role, valid_from, valid_to) values ('{workspace}', 'sha256:' || repeat('0', 64), '-----BEGIN PUBLIC KEY-----', 'p', 'r', now(), 'infinity');
                insert into planning.person (workspace, person, name) values ('{workspace}', 'p', 'n');
                """);
        }
    }

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(SecuredTables))]
    public async Task A_request_sees_the_rows_of_its_workspace_alone(string table)
    {
        await using var request = await RequestBatch.OpenAsync(database.Pools, Sample.Workspace, default);
        await using var reader = await request.ReadAsync($"select workspace from planning.{table}", default);

        Assert.True(await reader.ReadAsync());
        Assert.Equal(Sample.Workspace.Value, reader.GetString(0));
        Assert.False(await reader.ReadAsync());
    }

    [Theory]
    [MemberData(nameof(SecuredTables))]
    public async Task Without_a_workspace_nothing_is_seen(string table)
    {
        await using var connection = await database.Pools.Request.OpenConnectionAsync();

        Assert.Equal(0L, await CountAsync(connection, table));
        await SetInTransactionAsync(connection, table);
        // What is left of a setting after its transaction is the empty text, not NULL.
        Assert.Equal(0L, await CountAsync(connection, table));
    }

    [Fact]
    public async Task A_request_cannot_write_into_another_workspace()
    {
        await using var request = await RequestBatch.OpenAsync(database.Pools, Sample.Workspace, default);

        var refused = await Assert.ThrowsAsync<PostgresException>(async () =>
            await request.WriteAsync("insert into planning.person (workspace, person, name) values ($1, 'p2', 'n')", default, Sample.OtherWorkspace.Value));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Every_table_with_a_workspace_is_secured_also_for_its_owner()
    {
        var open = await database.ExecuteAsync(
            """
            select string_agg(c.relname, ', ')
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace'
            where c.relnamespace = 'planning'::regnamespace and c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)
            """);

        Assert.IsType<DBNull>(open);
    }

    private static async Task<object?> CountAsync(NpgsqlConnection connection, string table, NpgsqlTransaction? transaction = null)
    {
        await using var count = new NpgsqlCommand($"select count(*) from planning.{table}", connection, transaction);
        return await count.ExecuteScalarAsync();
    }

    private static async Task SetInTransactionAsync(NpgsqlConnection connection, string table)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var set = new NpgsqlCommand($"select set_config('planning.workspace', '{Sample.Workspace}', true)", connection, transaction);
        await set.ExecuteScalarAsync();
        Assert.Equal(1L, await CountAsync(connection, table, transaction));
        await transaction.CommitAsync();
    }
}
