using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine;
using Planning.Engine.Entities;

namespace Planning.Benchmarks.Engine;

/// <summary>Plans to send commands to, whatever host they live in.</summary>
internal sealed class BenchmarkPlans(IEntityHost host)
{
    public static readonly WorkspaceId Workspace = new("bench");
    private static readonly Actor Planner = new(new PersonId("planner"), ActorKind.Person, [Role.Planner, Role.PlanningLead]);

    private long commands;

    public static EntityKey Key(int plan) => EntityKey.Of(Workspace, new PlanId($"pln_{plan}"));

    public async Task CreateAsync(int count, int from = 0)
    {
        await Parallel.ForEachAsync(Enumerable.Range(from, count), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) => await SendAsync(
            i, new PlanCommand.Create(new PlanId($"pln_{i}"), $"Plan {i} word{i % 500}", null, $"stream-{i % 20}", new CycleId($"cyc_{i % 10}"), ImmutableSortedDictionary<string, string>.Empty)));
    }

    /// <summary>One command, one event: another title.</summary>
    public Task RetitleAsync(int plan)
    {
        var number = Interlocked.Increment(ref commands);
        return SendAsync(plan, new PlanCommand.Update(new GateRunId("gtr_bench"), Title: $"Plan {plan} as of command {number}"));
    }

    private async Task SendAsync(int plan, PlanCommand command)
    {
        var answer = await host.SendAsync(new CommandRequest(Key(plan), command, Planner, Ids.New("cmd_")), CancellationToken.None);
        if (answer is Answer.Rejected refused)
            throw new InvalidOperationException($"A command was refused: {refused.Rejection.Message}");
    }
}
