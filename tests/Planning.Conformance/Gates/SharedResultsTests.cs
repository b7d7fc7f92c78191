using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Conformance.Harness;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Gates;
using Planning.Engine.Gates.Validators;
using Planning.InProcess;
using Planning.Postgres;
using Xunit;

namespace Planning.Conformance.Gates;

/// <summary>Results of gate runs on one database, by the shipped rules and the real validators.</summary>
public sealed class SharedResultsTests
{
    private static readonly Actor Planner = new(new PersonId("per_planner"), ActorKind.Person, [Role.Planner]);
    private static readonly EntityKey Plan = Sample.Plan("pln_1");
    private static readonly GateRunId Run = new("gtr_1");
    private static readonly byte[] Backlog = Encoding.UTF8.GetBytes("version: 1.0.0\ngenerated_at: 2027-01-04T08:00:00Z\ntasks: 7\n");

    [Fact]
    public async Task A_result_survives_a_restart()
    {
        await using var database = await MigratedDatabase.CreateAsync();
        GateRunReport first, second;
        await using (var silo = await Silo.OpenAsync(database))
            first = await silo.JudgeAsync(await silo.AskAsync());
        await using (var silo = await Silo.OpenAsync(database))
            second = await silo.JudgeAsync(await silo.AskAsync());

        MustBeOneJudgedOnce(first, second);
    }

    [Fact]
    public async Task A_result_serves_another_silo()
    {
        await using var database = await MigratedDatabase.CreateAsync();
        await using var one = await Silo.OpenAsync(database);
        await using var other = await Silo.OpenAsync(database);
        var asked = await one.AskAsync();

        MustBeOneJudgedOnce(await one.JudgeAsync(asked), await other.JudgeAsync(asked));
    }

    [Fact]
    public async Task A_result_that_is_too_old_serves_nobody()
    {
        await using var database = await MigratedDatabase.CreateAsync();
        await using var one = await Silo.OpenAsync(database);
        var asked = await one.AskAsync();
        await one.JudgeAsync(asked);
        await database.ExecuteAsync("update planning.gate_result set kept_at = kept_at - interval '8 days'");

        await using var other = await Silo.OpenAsync(database);

        Assert.All((await other.JudgeAsync(asked)).Results, r => Assert.False(r.Cached));
    }

    [Fact]
    public async Task A_run_without_its_table_judges_by_itself()
    {
        await using var database = await MigratedDatabase.CreateAsync();
        await using var silo = await Silo.OpenAsync(database);
        await database.ExecuteAsync("drop table planning.gate_result");

        var report = await silo.JudgeAsync(await silo.AskAsync());

        Assert.All(report.Results, r => Assert.True(r is { Cached: false, Error: null }));
        Assert.Contains(report.Findings, f => f.Rule == "schema.type");
    }

    private static void MustBeOneJudgedOnce(GateRunReport first, GateRunReport second)
    {
        Assert.Equal(["json_schema", "yaml_lint", "references"], first.Results.Select(r => r.Validator));
        Assert.All(first.Results, r => Assert.False(r.Cached));
        Assert.All(second.Results, r => Assert.True(r.Cached));
        Assert.Contains(first.Findings, f => f.Rule == "schema.type");
        Assert.Equal(first.Findings.AsEnumerable(), second.Findings);
    }

    /// <summary>One process on the database, as far as gates go.</summary>
    private sealed class Silo(PostgresBackend postgres, PlanningNode node, GateRunner runner) : IAsyncDisposable
    {
        public static async Task<Silo> OpenAsync(MigratedDatabase database)
        {
            var postgres = await PostgresBackend.OpenAsync(
                new DatabaseOptions { ConnectionString = database.ConnectionString }, new(), new(), new(), TimeProvider.System, NullLoggerFactory.Instance, default);
            var node = new PlanningNode(postgres.Backend, new PlanningNodeOptions(), "test", TimeProvider.System, NullLoggerFactory.Instance);
            var runner = new GateRunner(
                node.Host, postgres.Backend.Blobs, node.Rulebooks, postgres.Backend.Reads, postgres.Backend.GateResults, BuiltInValidators.All,
                new GateOptions { KeptResultInputBytes = 0 }, TimeProvider.System, NullLogger<GateRunner>.Instance);
            return new Silo(postgres, node, runner);
        }

        /// <summary>The one plan with its one artifact asks for its first gate; asked again, it is answered as the first time.</summary>
        public async Task<(PlanEvent.GateStarted Started, DateTimeOffset At)> AskAsync()
        {
            var hash = await postgres.Backend.Blobs.PutAsync(Plan.Workspace, Backlog, default);
            await SendAsync("create", new PlanCommand.Create(
                new PlanId(Plan.Id), "Payments", null, "payments", new CycleId("cyc_1"), ImmutableSortedDictionary<string, string>.Empty));
            await SendAsync("attach", new PlanCommand.Attach([new ArtifactRef("be_backlog.yaml", hash, Backlog.Length, "be_backlog", false, null)], Run));
            await SendAsync("ask", new PlanCommand.RequestTransition(Trigger.ValidateComplete, Run));
            var asked = (await postgres.Backend.Log.ReadEntityAsync(Plan, 0, default))[^1];
            return ((PlanEvent.GateStarted)EventCodec.Decode(asked), asked.At);
        }

        public Task<GateRunReport> JudgeAsync((PlanEvent.GateStarted Started, DateTimeOffset At) asked) => runner.RunAsync(Plan, asked.Started, asked.At, default);

        public async ValueTask DisposeAsync()
        {
            runner.Dispose();
            await node.DisposeAsync();
            await postgres.DisposeAsync();
        }

        private async Task SendAsync(string id, PlanCommand command) =>
            Assert.IsType<Answer.Accepted>(await node.Host.SendAsync(new CommandRequest(Plan, command, Planner, id), default));
    }
}
