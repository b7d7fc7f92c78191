using Npgsql;
using Planning.Conformance.Harness;
using Planning.Domain;
using Planning.Engine.Audit;
using Planning.Engine.Reads;
using Planning.Postgres;
using Planning.Postgres.Audit;
using Planning.Postgres.Migrations;
using Xunit;

namespace Planning.Conformance.Security;

/// <summary>The security audit is append-only in the database itself, whoever tries.</summary>
public sealed class AuditTableTests : IAsyncLifetime
{
    private const string Old = "now() - interval '7 years 1 day'";

    private MigratedDatabase database = null!;

    public async Task InitializeAsync()
    {
        database = await MigratedDatabase.CreateAsync();
        var audit = new PostgresSecurityAudit(database.Pools);
        foreach (var workspace in new[] { Sample.Workspace, Sample.OtherWorkspace })
            await audit.AppendAsync(new AuditEntry(workspace, AuditEvent.PlanApproval, AuditAction.Approve, AuditOutcome.Success), default);
    }

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    [Theory]
    [InlineData("planning_writer", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("planning_consumer", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("planning_request", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData(null, PostgresErrorCodes.RaiseException)]
    public async Task Nobody_changes_or_removes_a_record_not_even_the_owner(string? role, string refusal)
    {
        foreach (var change in new[] { "update planning.security_audit set outcome = 'SUCCESS'", "delete from planning.security_audit", "truncate planning.security_audit" })
        {
            await using var connection = await Pool(role).OpenConnectionAsync();
            await using var command = new NpgsqlCommand(change, connection);
            Assert.Equal(refusal, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
        }
        Assert.Equal(2L, await database.ExecuteAsync("select count(*) from planning.security_audit"));
    }

    [Fact]
    public async Task A_superuser_who_switches_triggers_off_for_a_session_is_refused_as_well()
    {
        await using var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand("set session_replication_role = replica; delete from planning.security_audit", connection);

        Assert.Contains("is kept until", (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_is_older_than_the_retention_can_be_deleted()
    {
        await AddOldAsync(database);

        await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync("delete from planning.security_audit"));
        await database.ExecuteAsync("delete from planning.security_audit where at < now() - planning.audit_retention()");

        Assert.Equal(2L, await database.ExecuteAsync("select count(*) from planning.security_audit"));
    }

    [Fact]
    public async Task The_migration_cannot_be_taken_back_while_records_must_be_kept()
    {
        var before = Migration.All.Single(m => m.Name == "security_audit").Number - 1;

        var refused = await Assert.ThrowsAsync<PostgresException>(() => Migrator.MigrateAsync(database.ConnectionString, before));

        Assert.Contains("must be kept", refused.MessageText, StringComparison.Ordinal);
        Assert.Equal(2L, await database.ExecuteAsync("select count(*) from planning.security_audit"));
    }

    [Fact]
    public async Task A_request_that_is_no_auditors_adds_and_reads_nothing()
    {
        await using var request = await RequestBatch.OpenAsync(database.Pools, Sample.Workspace, default);
        await using var reader = await request.ReadAsync("select count(*) from planning.security_audit", default);

        Assert.True(await reader.ReadAsync());
        Assert.Equal(0L, reader.GetInt64(0));
    }

    [Fact]
    public async Task An_auditors_request_sees_the_records_of_its_workspace_alone_even_when_it_asks_for_all()
    {
        await using var request = await RequestBatch.OpenForAuditorAsync(database.Pools, Sample.Workspace, default);
        await using var reader = await request.ReadAsync("select workspace from planning.security_audit", default);

        Assert.True(await reader.ReadAsync());
        Assert.Equal(Sample.Workspace.Value, reader.GetString(0));
        Assert.False(await reader.ReadAsync());
    }

    [Theory]
    [InlineData("at", "now() - interval '1 day'")]
    [InlineData("created_position", "1")]
    public async Task A_request_cannot_say_when_or_in_which_order_something_happened(string column, string value)
    {
        await using var request = await RequestBatch.OpenAsync(database.Pools, Sample.Workspace, default);

        var refused = await Assert.ThrowsAsync<PostgresException>(async () => await request.WriteAsync(
            $"insert into planning.security_audit (workspace, event_type, action, outcome, resource_type, suppressed, details, {column}) overriding system value values ($1, 'E', 'A', 'DENIED', 'r', 0, '{{}}', {value})",
            default, Sample.Workspace.Value));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task A_request_cannot_add_to_another_workspace()
    {
        await using var request = await RequestBatch.OpenAsync(database.Pools, Sample.Workspace, default);

        var refused = await Assert.ThrowsAsync<PostgresException>(async () => await request.WriteAsync(
            "insert into planning.security_audit (workspace, event_type, action, outcome, resource_type, suppressed, details) values ($1, 'E', 'A', 'DENIED', 'r', 0, '{}')",
            default, Sample.OtherWorkspace.Value));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task No_list_of_records_reads_the_whole_table()
    {
        await database.ExecuteAsync(
            """
            insert into planning.security_audit (workspace, event_type, action, outcome, actor, resource_type, resource_id, suppressed, details)
            select 'wsp_' || i % 10, 'E' || i % 10, 'A', case when i % 50 = 0 then 'DENIED' else 'SUCCESS' end, 'p' || i % 97, 'plan', 'pln_' || i % 997, 0, '{}' from generate_series(1, 50000) i
            """);
        await database.ExecuteAsync("analyze planning.security_audit");
        var now = DateTimeOffset.UtcNow;
        AuditFilter[] filters =
        [
            new(), new(Actor: new PersonId("p7")), new(Outcome: "DENIED"), new(ResourceId: "pln_7"), new(From: now.AddMinutes(-1), To: now.AddSeconds(-59)), new(EventType: "E7"),
        ];
        foreach (var filter in filters)
        {
            var query = PostgresSecurityAudit.Query(new WorkspaceId("wsp_7"), filter, new PageRequest(null, 50));
            await using var request = await RequestBatch.OpenForAuditorAsync(database.Pools, new WorkspaceId("wsp_7"), default);
            await using var plan = await request.ReadAsync("explain " + query.Statement(PostgresSecurityAudit.ListSql), default, query.Values);
            while (await plan.ReadAsync())
                Assert.DoesNotContain("Seq Scan", plan.GetString(0), StringComparison.Ordinal);
        }
    }

    private static Task AddOldAsync(MigratedDatabase database) => database.ExecuteAsync(
        $$"""
        insert into planning.security_audit (workspace, event_type, action, outcome, resource_type, suppressed, details, at)
        values ('{{Sample.Workspace}}', 'E', 'A', 'DENIED', 'r', 0, '{}', {{Old}})
        """);

    private NpgsqlDataSource Pool(string? role) => role switch
    {
        "planning_writer" => database.Pools.Writer,
        "planning_consumer" => database.Pools.Consumer,
        "planning_request" => database.Pools.Request,
        _ => database.Pools.Login,
    };
}
