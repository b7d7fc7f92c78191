using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine;
using Planning.Engine.Entities;
using Planning.InProcess;
using Planning.Postgres;
using Planning.Postgres.Leases;
using Planning.Postgres.Log;
using Planning.Postgres.Reads;

namespace Planning.Benchmarks.Engine;

/// <summary>The engine as the server runs it, without the gateway, and plans to send commands to.</summary>
internal sealed class BenchmarkNode : IAsyncDisposable
{
    public static readonly WorkspaceId Workspace = new("bench");
    private static readonly Actor Planner = new(new PersonId("planner"), ActorKind.Person, [Role.Planner, Role.PlanningLead]);

    private readonly PostgresBackend postgres;
    private long commands;

    private BenchmarkNode(PostgresBackend postgres, PlanningNode node) => (this.postgres, Node) = (postgres, node);

    public PlanningNode Node { get; }

    public static async Task<BenchmarkNode> OpenAsync(string connectionString, Func<Backend, Backend>? wrap = null)
    {
        var opened = await PostgresBackend.OpenAsync(
            new DatabaseOptions { ConnectionString = connectionString }, new EventLogOptions(), new LeaseOptions(), new ReadModelOptions(),
            TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        return new BenchmarkNode(opened, new PlanningNode(
            wrap is null ? opened.Backend : wrap(opened.Backend), new PlanningNodeOptions(), "bench", TimeProvider.System, NullLoggerFactory.Instance));
    }

    public async Task CreatePlansAsync(int count)
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) => await SendAsync(
            i, new PlanCommand.Create(new PlanId($"pln_{i}"), $"Plan {i} word{i % 500}", null, $"stream-{i % 20}", new CycleId($"cyc_{i % 10}"), ImmutableSortedDictionary<string, string>.Empty)));
    }

    /// <summary>One command, one event: another title.</summary>
    public Task RetitleAsync(int plan)
    {
        var number = Interlocked.Increment(ref commands);
        return SendAsync(plan, new PlanCommand.Update(new GateRunId("gtr_bench"), Title: $"Plan {plan} as of command {number}"));
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await postgres.DisposeAsync();
    }

    private async Task SendAsync(int plan, PlanCommand command)
    {
        var answer = await Node.Host.SendAsync(
            new CommandRequest(EntityKey.Of(Workspace, new PlanId($"pln_{plan}")), command, Planner, Ids.New("cmd_")), CancellationToken.None);
        if (answer is Answer.Rejected refused)
            throw new InvalidOperationException($"A command was refused: {refused.Rejection.Message}");
    }
}
