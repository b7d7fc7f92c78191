using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Planning.Client;
using Planning.Contracts;
using Planning.Domain;
using Planning.Engine.Audit;
using Planning.Engine.People;
using Planning.Gateway.Audit;
using Planning.Gateway.Identity;
using Planning.Gateway.Tests.Support;
using Planning.Postgres;
using Planning.Postgres.Audit;
using Planning.Postgres.Migrations;
using Planning.Testing;

namespace Planning.Gateway.Tests.Audit;

/// <summary>A backend whose security audit is a real database, and callers with keys.</summary>
internal sealed class AuditWorld : IAsyncDisposable
{
    private readonly PlanningDatabase own;

    private AuditWorld(TestDatabase database, PlanningDatabase own, Backend backend) => (Database, this.own, Backend) = (database, own, backend);

    public TestDatabase Database { get; }
    public Backend Backend { get; }

    public static async Task<AuditWorld> StartAsync(AuditOptions? options = null, string forwardedFrom = "", TimeProvider? clock = null)
    {
        var database = await TestPostgres.CreateDatabaseAsync();
        await Migrator.MigrateAsync(database.ConnectionString);
        var pools = new PlanningDatabase(new DatabaseOptions { ConnectionString = database.ConnectionString });
        var gateway = new GatewayOptions { KeyCacheTime = TimeSpan.Zero, Audit = options ?? new AuditOptions(), ForwardedFrom = forwardedFrom };
        return new AuditWorld(database, pools, await Backend.StartAsync(
            gateway, also: services => services.AddSingleton<ISecurityAudit>(new PostgresSecurityAudit(pools)), clock: clock));
    }

    /// <summary>A person with a key.</summary>
    public async Task<PlanningClient> PersonAsync(string id, params Role[] roles) => Backend.WithKey(await TokenAsync(id, roles));

    public async Task<string> TokenAsync(string id, Role[] roles, string workspace = "default", ActorKind kind = ActorKind.Person)
    {
        var (key, token) = ApiKeyToken.Issue(new WorkspaceId(workspace), new PersonId(id), kind, roles, DateTimeOffset.UnixEpoch);
        await Backend.Services.GetRequiredService<IDirectory>().AddApiKeyAsync(key with { Groups = ["payments"] }, default);
        return token.ToString();
    }

    /// <summary>What an auditor of a workspace reads, oldest first; the looks at the audit itself are left out.</summary>
    public async Task<IReadOnlyList<AuditRecordView>> RecordsAsync(AuditQuery? query = null, string workspace = "default")
    {
        var auditor = Backend.WithKey(await TokenAsync("otto", [Role.Auditor], workspace));
        return [.. (await auditor.Audit.ListAsync(query)).Items.Where(r => r.EventType != "AUDIT_VIEW").Reverse()];
    }

    /// <summary>A cycle and a plan in it, by somebody who may make both.</summary>
    public async Task<PlanView> PlanAsync()
    {
        var lead = await PersonAsync("ada", Role.Planner, Role.PlanningLead);
        await lead.Cycles.OpenAsync(new OpenCycleRequest("One", new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 14)));
        return await lead.Plans.CreateAsync(new CreatePlanRequest("A plan", "payments"));
    }

    /// <summary>As the superuser, whom nothing is hidden from.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Database.ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Backend.DisposeAsync();
        await own.DisposeAsync();
        await Database.DisposeAsync();
    }
}
