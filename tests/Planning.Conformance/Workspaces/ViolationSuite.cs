using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Conformance.Harness;
using Planning.Conformance.Reads;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Engine.Rulebooks;
using Planning.Postgres;
using Planning.Postgres.Leases;
using Planning.Postgres.Log;
using Planning.Postgres.Reads;
using Xunit;

namespace Planning.Conformance.Workspaces;

/// <summary>Governance goes on while plans are executed, in every host.</summary>
public abstract class ViolationSuite : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly Actor Admin = new(new PersonId("per_admin"), ActorKind.Person, [Role.Admin]);

    private MigratedDatabase database = null!;
    private PostgresBackend postgres = null!;

    protected Backend Backend => postgres.Backend;

    protected string ConnectionString => database.ConnectionString;

    public async Task InitializeAsync()
    {
        database = await MigratedDatabase.CreateAsync();
        postgres = await PostgresBackend.OpenAsync(
            new DatabaseOptions { ConnectionString = database.ConnectionString }, new EventLogOptions(), new LeaseOptions(), new ReadModelOptions(),
            TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        await postgres.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>Entities, and whatever carries events on.</summary>
    protected abstract Task<IEntityHost> StartAsync();

    protected abstract Task StopAsync();

    [Fact]
    public async Task What_stricter_rules_miss_in_plans_that_are_being_executed_is_recorded_once_for_each()
    {
        await ExecuteAsync("pln_1", "pln_2");
        var host = await StartAsync();

        await ActivateAsync(host, "emergency_contact: required");
        await RecordedAsync(2);
        await ActivateAsync(host, "emergency_contact: required # in other words");
        await ActivateAsync(host, "emergency_contact: required\n        - rollback_plan: mandatory");
        await RecordedAsync(4);

        var recorded = await ViolationsAsync();
        Assert.Equal(
            ["pln_1 emergency_contact_missing", "pln_1 emergency_contact_missing rollback_plan_missing", "pln_2 emergency_contact_missing", "pln_2 emergency_contact_missing rollback_plan_missing"],
            recorded.Select(v => $"{v.Plan} {string.Join(' ', v.Violation.Violations.Select(m => m.Code))}").Order(StringComparer.Ordinal));
        Assert.All(recorded, v => Assert.True(v.Violation.Enforced));
    }

    /// <summary>Two plans that are being executed, and one that is not.</summary>
    protected async Task ExecuteAsync(params string[] plans)
    {
        var history = new History(rulebooks: new ShippedRules());
        await history.OpenCycleAsync("cyc_1");
        foreach (var plan in plans)
        {
            await history.CreateAsync(plan);
            await history.ExecuteAsync(plan);
        }
        await history.CreateAsync("pln_planned");
        foreach (var e in await history.Log.ReadAsync(0, 0, 1_000, default))
        {
            Assert.IsType<AppendOutcome.Committed>(await Backend.Log.AppendAsync(
                new Append(e.Entity, e.Version - 1, e.CommandId, e.CommandHash, e.At, e.Meta, [new NewEvent(e.EventId, e.Type, e.SchemaVersion, e.Data)]), default));
        }
    }

    /// <summary>The shipped rulebook with a rule for every plan.</summary>
    protected async Task ActivateAsync(IEntityHost host, string requirements)
    {
        var governance = Encoding.UTF8.GetString(DefaultRulebook.Files.Bytes[RulebookFiles.Governance].Span).Replace(
            "  rules:\n", $"  rules:\n    everybody:\n      condition: \"plan.priority >= 0\"\n      requirements:\n        - {requirements}\n", StringComparison.Ordinal);
        var files = new RulebookFiles(DefaultRulebook.Files.Bytes.SetItem(RulebookFiles.Governance, Encoding.UTF8.GetBytes(governance)));
        Assert.Empty(RulebookReader.Read(files).Findings);
        foreach (var bytes in files.Bytes.Values)
            await Backend.Blobs.PutAsync(History.Workspace, bytes, default);
        Assert.IsType<Answer.Accepted>(await host.SendAsync(
            new CommandRequest(EntityKey.RulebookOf(History.Workspace), new RulebookCommand.Activate(files.Hash, files.FileHashes), Admin, $"activate/{files.Hash}"), default));
    }

    protected async Task RecordedAsync(int violations)
    {
        using var limit = new CancellationTokenSource(Limit);
        while ((await ViolationsAsync()).Count < violations)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
    }

    private async Task<IReadOnlyList<(string Plan, PlanEvent.GovernanceViolation Violation)>> ViolationsAsync() =>
    [
        .. from e in await Backend.Log.ReadWorkspaceAsync(History.Workspace, 0, 1_000, default)
           where e.Type == "GOVERNANCE_VIOLATION"
           select (e.Entity.Id, (PlanEvent.GovernanceViolation)EventCodec.Decode(e)),
    ];
}
