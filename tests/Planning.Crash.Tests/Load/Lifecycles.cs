using Planning.Client;
using Planning.Contracts;
using Planning.Crash.Tests.Support;

namespace Planning.Crash.Tests.Load;

/// <summary>
/// One team's cycles, one after the other. In each, a plan goes the whole way from its artifacts through three gates, a
/// sealed manifest and its execution to its end; another is left unfinished and carried over; then the cycle is closed.
/// </summary>
internal sealed class Lifecycles(Team team, EventWatcher events, string name, string firstCycle)
{
    private readonly Files files = new(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
    private string cycle = firstCycle;
    private int commands;

    /// <summary>Works until <paramref name="enough"/>, which counts between two commands: no command is left without an answer.</summary>
    public async Task RunAsync(CancellationToken enough, CancellationToken limit)
    {
        try
        {
            while (true)
                cycle = await CycleAsync(enough, limit);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested && !limit.IsCancellationRequested)
        {
            // Where the work was left is the next crash's beginning: a plan may stay where it is.
        }
    }

    private async Task<string> CycleAsync(CancellationToken enough, CancellationToken limit)
    {
        var next = await team[Team.ReleaseManager].Cycles.OpenAsync(Files.Cycle($"{name}.{commands}", follows: cycle), Next(enough), limit);
        await team[Team.Planner].Plans.CreateAsync(new CreatePlanRequest("Left unfinished", name, CycleId: cycle), Next(enough), limit);
        var plan = await team[Team.Planner].Plans.CreateAsync(new CreatePlanRequest("The whole way", name, CycleId: cycle), Next(enough), limit);
        foreach (var (file, bytes) in files.Content)
            await team[Team.Planner].Artifacts.AttachAsync(plan.Id, file, bytes, command: Next(enough), cancellation: limit);

        await MoveAsync(Team.Planner, plan.Id, "validate_complete", enough, limit);
        var packed = await MoveAsync(Team.Planner, plan.Id, "package_artifacts", enough, limit);
        await events.SeenAsync("MANIFEST_CREATED", packed.ManifestId!, limit);
        await team.SignAsync(Team.Lead, packed.ManifestId!, Next(enough));
        await team.SignAsync(Team.Reviewer, packed.ManifestId!, Next(enough));

        await team[Team.ReleaseManager].Artifacts.AttachEvidenceAsync(plan.Id, "coverage.cobertura.xml", Files.Coverage, command: Next(enough), cancellation: limit);
        await MoveAsync(Team.ReleaseManager, plan.Id, "begin_execution", enough, limit);
        var executed = await team[Team.Executor].Plans.GetAsync(plan.Id, limit);
        var deployed = executed.Artifacts.Where(a => !a.Evidence).ToDictionary(a => a.Name, a => a.Hash);
        await team[Team.Executor].Executions.ReportAsync(plan.Id, new ReportExecutionRequest("production", "succeeded", deployed), Next(enough), limit);
        await MoveAsync(Team.ReleaseManager, plan.Id, "validate_results", enough, limit);
        await MoveAsync(Team.Lead, plan.Id, "analyze_metrics", enough, limit);
        await MoveAsync(Team.Lead, plan.Id, "cycle_complete", enough, limit);

        await team[Team.ReleaseManager].Cycles.CloseAsync(cycle, new CloseCycleRequest(NextCycle: next.Id), Next(enough), limit);
        return next.Id;
    }

    private Task<TransitionView> MoveAsync(string actor, string plan, string trigger, CancellationToken enough, CancellationToken limit) =>
        team[actor].Transitions.RequestAndWaitAsync(plan, trigger, command: Next(enough), cancellation: limit);

    /// <summary>A key that stays the same however often the SDK has to try.</summary>
    private CommandOptions Next(CancellationToken enough)
    {
        enough.ThrowIfCancellationRequested();
        return new CommandOptions { IdempotencyKey = $"{name}.{++commands}" };
    }
}
