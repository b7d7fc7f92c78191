using System.Diagnostics;
using Planning.Crash.Tests;
using Xunit.Abstractions;

namespace Planning.Cluster.Tests;

/// <summary>A silo that reaches the database and nobody else: both sides believe to run the same entities, and the log decides.</summary>
[Collection(Clusters.Name)]
public sealed class PartitionTests(ITestOutputHelper output)
{
    private const int Silos = 3;

    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(15);

    /// <summary>Of a silo that the others have declared dead.</summary>
    private const int Expelled = 3;

    [NetworkFact]
    public async Task A_silo_that_is_cut_off_from_the_others_but_not_from_the_database_does_no_harm_and_ends()
    {
        await using var network = await TestNetwork.CreateAsync(Silos);
        await using var cluster = await ProcessCluster.StartAsync(Silos, output, network);
        var load = cluster.Workload.BeginLoad();
        await load.ReachFullSpeedAsync();
        using var pulses = cluster.Workload.BeginPulses();
        await pulses.BeatAsync();
        // The first silo holds the lease: its reactors go on giving commands to what it believes to run.
        var (victim, site) = (cluster.Silos[0], network.Sites[0]);
        Assert.Equal(victim.Name, (await cluster.LeaseAsync()).Holder);
        var own = await cluster.PlansOnAsync(victim);
        output.WriteLine($"{victim.Name} is cut off after {load.Told()}");

        pulses.Forget();
        await network.CutAsync(site);
        var since = Stopwatch.GetTimestamp();
        var everyPlan = cluster.Workload.EveryPlanAnswersAsync();
        await cluster.DeclaredDeadAsync(victim);
        output.WriteLine($"declared dead {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s after the cut");
        var exit = await victim.ExitAsync();
        output.WriteLine($"{victim.Name} ended {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s after the cut");
        var took = await everyPlan;
        output.WriteLine($"every plan answered again {took.TotalSeconds:0.0} s after the cut");
        await cluster.Workload.ListsCatchUpAsync(Scale.Patience);
        output.WriteLine($"lists showed it all {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s after the cut");
        var waits = Waits.Of(pulses.LongestWaits, own, output);

        // As whoever watches over the processes does it.
        cluster.Forget(victim);
        await network.MendAsync(site);
        await cluster.StartSiloAsync(site);
        await load.ReachedAsync(load.Answered + 500);
        await pulses.EndAsync();
        await load.EndAsync();

        Assert.Equal(Expelled, exit);
        Assert.Contains(victim.Log, line => line.Contains("no longer a member of the cluster", StringComparison.Ordinal));
        Assert.InRange(took, TimeSpan.Zero, Recovery);
        Assert.InRange(waits.Own, TimeSpan.Zero, Recovery);
        Assert.Empty(await cluster.Workload.JudgeAsync(Scale.Patience));
        Assert.Empty(await cluster.Workload.JudgeAtRestAsync(cluster.StopAsync));
        output.WriteLine($"{cluster.Workload.LogLength} events, each accounted for");
    }
}
