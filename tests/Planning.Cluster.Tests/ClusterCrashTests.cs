using Planning.Crash.Tests;
using Planning.History;
using Xunit.Abstractions;

namespace Planning.Cluster.Tests;

/// <summary>Silos come and go under load; nothing that was answered is lost, and nothing happens twice.</summary>
[Collection(Clusters.Name)]
public sealed class ClusterCrashTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_silo_that_is_killed_loses_nothing_and_its_entities_answer_soon()
    {
        await using var cluster = await ProcessCluster.StartAsync(3, output);
        var load = cluster.Workload.BeginLoad();
        await load.ReachFullSpeedAsync();
        using var pulses = cluster.Workload.BeginPulses();
        await pulses.BeatAsync();
        var victim = cluster.Silos[1];
        var own = await cluster.PlansOnAsync(victim);
        output.WriteLine($"kill of {victim.Name} after {load.Told()}");

        pulses.Forget();
        await victim.KillAsync();
        cluster.Forget(victim);
        var took = await cluster.Workload.EveryPlanAnswersAsync();
        output.WriteLine($"every plan answered again {took.TotalSeconds:0.0} s after the kill");
        await pulses.EndAsync();
        var waits = Waits.Of(pulses.LongestWaits, own, output);
        await load.EndAsync();

        Assert.InRange(took, TimeSpan.Zero, Recovery);
        Assert.InRange(waits.Own, TimeSpan.Zero, Recovery);
        Assert.Empty(await cluster.Workload.JudgeAsync(Scale.Patience));
        Assert.Empty(await cluster.Workload.JudgeAtRestAsync(cluster.StopAsync));
        output.WriteLine($"{cluster.Workload.LogLength} events, each accounted for");
    }

    [Fact]
    public async Task Silos_that_are_replaced_one_after_the_other_lose_nothing_and_no_command_fails()
    {
        await using var cluster = await ProcessCluster.StartAsync(3, output);
        var load = cluster.Workload.BeginLoad();
        await load.ReachFullSpeedAsync();
        output.WriteLine($"replacing begins after {load.Told()}");

        // Each through the SDK as it comes: an edit that its retries do not save ends the test.
        using var pulses = cluster.Workload.BeginPulses();
        foreach (var old in cluster.Silos.ToArray())
        {
            await cluster.StartSiloAsync();
            Assert.Equal(0, await old.StopAsync());
            cluster.Forget(old);
        }
        await load.ReachedAsync(load.Answered + 500);
        await pulses.EndAsync();
        await load.EndAsync();
        output.WriteLine($"{pulses.Beats} edits through the SDK, none failed; the longest took {pulses.LongestWait.TotalSeconds:0.0} s");

        Assert.InRange(pulses.Beats, Scale.Plans / Scale.PlansPerPulse, int.MaxValue);
        Assert.DoesNotContain(cluster.Workload.Commands, command => command.Verdict is Verdict.Unknown);
        Assert.Empty(await cluster.Workload.JudgeAsync(Scale.Patience));
        Assert.Empty(await cluster.Workload.JudgeAtRestAsync(cluster.StopAsync));
        output.WriteLine($"{cluster.Workload.LogLength} events, each accounted for; {cluster.Workload.Commands.Count} commands, each answered");
    }

    [Fact]
    public async Task A_database_that_is_killed_comes_back_and_nothing_is_lost()
    {
        await using var cluster = await ProcessCluster.StartAsync(3, output);
        var load = cluster.Workload.BeginLoad();
        await load.ReachFullSpeedAsync();
        output.WriteLine($"kill of PostgreSQL after {load.Told()}");

        using (var postgres = System.Diagnostics.Process.GetProcessById((await Testing.TestPostgres.GetAsync()).ProcessId))
            postgres.Kill();
        var took = await cluster.Workload.EveryPlanAnswersAsync();
        output.WriteLine($"every plan answered again {took.TotalSeconds:0.0} s after the kill");
        await load.ReachedAsync(load.Answered + 500);
        await load.EndAsync();

        Assert.Empty(await cluster.Workload.JudgeAsync(Scale.Patience));
        Assert.Empty(await cluster.Workload.JudgeAtRestAsync(cluster.StopAsync));
        output.WriteLine($"{cluster.Workload.LogLength} events, each accounted for");
    }
}
