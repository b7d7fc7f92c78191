using Npgsql;
using Planning.Conformance.Harness;
using Planning.Postgres;
using Xunit;

namespace Planning.Conformance.Security;

/// <summary>What each role may do, asked of the database itself.</summary>
public sealed class RoleTests : IAsyncLifetime
{
    private MigratedDatabase database = null!;

    public async Task InitializeAsync()
    {
        database = await MigratedDatabase.CreateAsync();
        await using var log = await database.OpenLogAsync();
        await log.CommittedAsync(Sample.Append(Sample.Plan("pln_1"), 0));
    }

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    [Theory]
    [InlineData("planning_writer")]
    [InlineData("planning_consumer")]
    [InlineData("planning_request")]
    [InlineData(null)]
    public async Task Nobody_changes_history_not_even_the_owner(string? role)
    {
        foreach (var change in new[] { "update planning.event set type = 'X'", "delete from planning.event", "truncate planning.event" })
        {
            await using var connection = await Pool(role).OpenConnectionAsync();
            await using var command = new NpgsqlCommand(change, connection);
            await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        }
        Assert.Equal(1L, await database.ExecuteAsync("select count(*) from planning.event where type <> 'X'"));
    }

    [Fact]
    public async Task The_logs_writer_reads_and_appends_and_nothing_else()
    {
        var rights = (string?)await database.ExecuteAsync(
            """
            select string_agg(table_name || ' ' || lower(privilege_type), ', ' order by table_name, privilege_type)
            from information_schema.table_privileges where grantee = 'planning_writer' and table_schema = 'planning'
            """);

        Assert.Equal("event insert, event select, meta select, partition_head select", rights);
    }

    [Fact]
    public async Task The_roles_own_nothing_and_bypass_nothing()
    {
        Assert.Equal(0L, await database.ExecuteAsync(
            "select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in ('planning_writer', 'planning_consumer', 'planning_request')"));
        Assert.Equal(3L, await database.ExecuteAsync(
            "select count(*) from pg_roles where rolname in ('planning_writer', 'planning_consumer', 'planning_request') and not rolcanlogin and not rolsuper and not rolbypassrls"));
    }

    [Fact]
    public async Task A_connection_that_is_reset_is_still_the_role_of_its_pool()
    {
        await using var connection = await database.Pools.Request.OpenConnectionAsync();
        foreach (var reset in new[] { "reset role", "discard all", "reset all" })
        {
            await using (var command = new NpgsqlCommand(reset, connection))
                await command.ExecuteNonQueryAsync();
            await using var who = new NpgsqlCommand("select current_user::text", connection);
            Assert.Equal("planning_request", await who.ExecuteScalarAsync());
        }
    }

    [Fact]
    public async Task Requests_use_the_index_of_their_workspace_although_rows_are_secured()
    {
        await database.ExecuteAsync(
            """
            insert into planning.event (position, version, command_hash, at, partition, schema_version, kind, workspace, entity, event_id, type, command_id, data, meta)
            select 1 + i, 1, 0, now(), 0, 1, 1, 'wsp_' || i % 100, 'e' || i, 'v' || i, 'T', 'c', '{}', '{}' from generate_series(1, 20000) i
            """);
        await database.ExecuteAsync("analyze planning.event");

        await using var request = await RequestBatch.OpenAsync(database.Pools, new("wsp_7"), default);
        await using var plan = await request.ReadAsync("explain select * from planning.event where workspace = 'wsp_7' and position > 100 order by position limit 50", default);
        var lines = new List<string>();
        while (await plan.ReadAsync())
            lines.Add(plan.GetString(0));

        Assert.Contains(lines, line => line.Contains("Index Scan using event_workspace", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Index Cond", StringComparison.Ordinal) && line.Contains("\"position\" > 100", StringComparison.Ordinal));
    }

    private NpgsqlDataSource Pool(string? role) => role switch
    {
        "planning_writer" => database.Pools.Writer,
        "planning_consumer" => database.Pools.Consumer,
        "planning_request" => database.Pools.Request,
        _ => database.Pools.Login,
    };
}
