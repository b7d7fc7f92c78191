using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Conformance.Harness;
using Planning.Conformance.Reads;
using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Governance;
using Planning.Engine;
using Planning.Engine.Digests;
using Planning.Engine.Entities;
using Planning.Engine.Json;
using Planning.Engine.Log;
using Planning.Engine.Rulebooks;
using Planning.Engine.Workspaces;
using Planning.Postgres;
using Planning.Postgres.Leases;
using Planning.Postgres.Log;
using Planning.Postgres.Reads;
using Xunit;

namespace Planning.Conformance.Workspaces;

/// <summary>What every host says about a workspace, on PostgreSQL, after each single event of a history.</summary>
public abstract class WorkspaceViewsSuite : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 2, 3, 12, 0, 0, TimeSpan.Zero);

    private MigratedDatabase database = null!;
    private PostgresBackend postgres = null!;
    private IWorkspaceViews views = null!;

    public async Task InitializeAsync()
    {
        database = await MigratedDatabase.CreateAsync();
        postgres = await PostgresBackend.OpenAsync(
            new DatabaseOptions { ConnectionString = database.ConnectionString }, new EventLogOptions(), new LeaseOptions(), new ReadModelOptions(),
            TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var backend = postgres.Backend;
        views = await OpenAsync(backend, new CellServices(
            backend.Log, backend.Snapshots, new SnapshotWriter(backend.Snapshots, NullLogger<SnapshotWriter>.Instance), new ShippedRules(), TimeProvider.System));
    }

    public async Task DisposeAsync()
    {
        await CloseAsync();
        await postgres.DisposeAsync();
        await database.DisposeAsync();
    }

    protected abstract Task<IWorkspaceViews> OpenAsync(Backend backend, CellServices cells);

    protected abstract Task CloseAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task At_every_position_the_answers_are_those_that_follow_from_the_events_alone(int seed)
    {
        var (compliance, cycles) = (new ComplianceFold(), new CycleFold());
        var judged = 0;
        foreach (var stored in await HistoryAsync(seed))
        {
            var position = await AppendAsync(stored);
            compliance.Apply(CycleHistory.Happened(stored with { Position = position }));
            cycles.Apply(CycleHistory.Happened(stored with { Position = position }));

            var viewed = new ViewedAt(position, Noon);
            var report = await views.ComplianceAsync(History.Workspace, ComplianceQuery.Everything, viewed, default);
            Assert.Equal(Json(compliance.Judge(ComplianceQuery.Everything, DefaultRulebook.Load(), Noon)), Json(report));
            judged += report.Plans.Count(p => !p.IsCompliant);
            foreach (var cycle in new[] { "cyc_1", "cyc_2", "cyc_3", "cyc_none" })
            {
                var expected = cycles.Present(new CycleId(cycle), Noon) is { } facts ? CycleKpis.Of(facts, DefaultRulebook.Load()) : null;
                Assert.Equal(Json(expected), Json(await views.KpisAsync(History.Workspace, new CycleId(cycle), viewed, default)));
            }
        }
        Assert.NotEqual(0, judged);
    }

    [Fact]
    public async Task A_list_of_compliance_comes_in_pages_newest_first_and_narrowed_as_asked()
    {
        foreach (var stored in await HistoryAsync(seed: 3))
            await AppendAsync(stored);
        var viewed = new ViewedAt(await postgres.Backend.Log.HeadAsync(0, default), Noon);
        var all = (await views.ComplianceAsync(History.Workspace, ComplianceQuery.Everything, viewed, default)).Plans;

        var paged = new List<PlanCompliance>();
        for (long? before = long.MaxValue; before is { } b;)
        {
            var page = await views.ComplianceAsync(History.Workspace, new ComplianceQuery(false, "stream_1", b, 2), viewed, default);
            Assert.InRange(page.Plans.Length, 1, 2);
            paged.AddRange(page.Plans);
            before = page.Next;
        }

        Assert.Equal(all.OrderByDescending(p => p.CreatedPosition).Select(p => p.Plan), all.Select(p => p.Plan));
        Assert.Equal(all.Where(p => !p.IsCompliant && p.Stream == "stream_1").Select(p => p.Plan), paged.Select(p => p.Plan));
        Assert.True(paged.Count > 2);
    }

    [Fact]
    public async Task A_workspace_without_history_has_no_plans_and_no_cycle()
    {
        var nowhere = new WorkspaceId("a/b %2F");

        var report = await views.ComplianceAsync(nowhere, ComplianceQuery.Everything, new ViewedAt(0, Noon), default);

        Assert.Equal((0, 0, null), (report.Position, report.Plans.Length, report.Next));
        Assert.Null(await views.KpisAsync(nowhere, new CycleId("cyc_1"), new ViewedAt(0, Noon), default));
    }

    /// <summary>Without its manifests, which are of plans that were never packaged.</summary>
    private static async Task<IEnumerable<StoredEvent>> HistoryAsync(int seed) =>
        (await (await RandomHistory.MakeAsync(seed, commands: 150, new ShippedRules())).Log.ReadAsync(0, 0, 10_000, default)).Where(e => e.Entity.Kind != EntityKind.Manifest);

    private async Task<long> AppendAsync(StoredEvent e)
    {
        var outcome = await postgres.Backend.Log.AppendAsync(
            new Append(e.Entity, e.Version - 1, e.CommandId, e.CommandHash, e.At, e.Meta, [new NewEvent(e.EventId, e.Type, e.SchemaVersion, e.Data)]), default);
        return Assert.IsType<AppendOutcome.Committed>(outcome).Position;
    }

    private static string Json<T>(T answer) => JsonSerializer.Serialize(answer, PlanningJson.Options);
}
