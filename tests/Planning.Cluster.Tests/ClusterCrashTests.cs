using Planning.Crash.Tests;
using Xunit.Abstractions;

namespace Planning.Cluster.Tests;

/// <summary>Silos come and go under load; nothing that was answered is lost, and nothing happens twice.</summary>
public sealed class ClusterCrashTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_silo_that_is_killed_loses_nothing_and_its_entities_answer_soon()
    {
        await using var cluster = await ProcessCluster.StartAsync(3, output);
        var load = cluster.Workload.BeginLoad();
        await load.ReachFullSpeedAsync();
        var victim = cluster.Silos[1];
        output.WriteLine($"kill of {victim.Name} after {load.Told()}");

        await victim.KillAsync();
        cluster.Forget(victim);
        var took = await cluster.Workload.EveryPlanAnswersAsync();
        output.WriteLine($"every plan answered again {took.TotalSeconds:0.0} s after the kill");
        await load.EndAsync();

        Assert.InRange(took, TimeSpan.Zero, Recovery);
        Assert.Empty(await cluster.Workload.JudgeAsync(Scale.Patience));
        Assert.Empty(await cluster.Workload.JudgeAtRestAsync(cluster.StopAsync));
        output.WriteLine($"{cluster.Workload.LogLength} events, each accounted for");
    }

    [Fact]
    public async Task Silos_that_are_replaced_one_after_the_other_lose_nothing()
    {
        await using var cluster = await ProcessCluster.StartAsync(3, output);
        var load = cluster.Workload.BeginLoad();
        await load.ReachFullSpeedAsync();
        output.WriteLine($"replacing begins after {load.Told()}");

        foreach (var old in cluster.Silos.ToArray())
        {
            await cluster.StartSiloAsync();
            Assert.Equal(0, await old.StopAsync());
            cluster.Forget(old);
        }
        await load.ReachedAsync(load.Answered + 500);
        await load.EndAsync();

        Assert.Empty(await cluster.Workload.JudgeAsync(Scale.Patience));
        Assert.Empty(await cluster.Workload.JudgeAtRestAsync(cluster.StopAsync));
        output.WriteLine($"{cluster.Workload.LogLength} events, each accounted for");
    }
}
