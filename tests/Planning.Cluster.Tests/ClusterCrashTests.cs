using Planning.Crash.Tests;
using Xunit.Abstractions;

namespace Planning.Cluster.Tests;

/// <summary>Silos come and go under load; nothing that was answered is lost, and nothing happens twice.</summary>
public sealed class ClusterCrashTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(15);

    /// <summary>Calls that are under way in the frozen silo end with the call time-out, and some are sent once more before the silo is declared dead.</summary>
    private static readonly TimeSpan RecoveryFromFreeze = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(60);

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

    /// <summary>When it wakes up, others have its entities, its lease and its timers; nothing that it still means to do succeeds.</summary>
    [Fact]
    public async Task A_silo_that_stands_still_for_a_minute_holds_nobody_up_and_does_nothing_when_it_goes_on()
    {
        await using var cluster = await ProcessCluster.StartAsync(3, output);
        var load = cluster.Workload.BeginLoad();
        await load.ReachFullSpeedAsync();
        // The first silo holds the lease.
        var victim = cluster.Silos[0];
        output.WriteLine($"{victim.Name} freezes after {load.Told()}");

        await victim.FreezeAsync();
        var frozen = TimeProvider.System.GetTimestamp();
        var took = await cluster.Workload.EveryPlanAnswersAsync();
        output.WriteLine($"every plan answered again {took.TotalSeconds:0.0} s after the freeze");
        await cluster.Workload.ListsCatchUpAsync(Frozen / 2);
        output.WriteLine($"lists showed it all {TimeProvider.System.GetElapsedTime(frozen).TotalSeconds:0.0} s after the freeze");
        await Task.Delay(Frozen - TimeProvider.System.GetElapsedTime(frozen), TimeProvider.System);
        await victim.ThawAsync();
        cluster.Forget(victim);
        await load.ReachedAsync(load.Answered + 500);
        await load.EndAsync();

        Assert.InRange(took, TimeSpan.Zero, RecoveryFromFreeze);
        Assert.Empty(await cluster.Workload.JudgeAsync(Scale.Patience));
        Assert.Empty(await cluster.Workload.JudgeAtRestAsync(cluster.StopAsync));
        await victim.DisposeAsync();
        output.WriteLine($"{cluster.Workload.LogLength} events, each accounted for");
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
