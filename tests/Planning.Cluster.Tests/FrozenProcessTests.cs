using System.Diagnostics;
using Planning.Crash.Tests;
using Xunit.Abstractions;

namespace Planning.Cluster.Tests;

/// <summary>
/// A process that stands still keeps its connections, its locks and its beliefs; it holds nobody up for long, and does no harm
/// when it goes on. To each bound is added what the machine let clients wait before.
/// </summary>
[Collection(Clusters.Name)]
public sealed class FrozenProcessTests(ITestOutputHelper output)
{
    /// <summary>Whoever does not need what the frozen process ran waits no longer than this.</summary>
    private static readonly TimeSpan OthersWait = TimeSpan.FromSeconds(5);

    /// <summary>Until the cluster has agreed that a silo is gone, and its entities run elsewhere.</summary>
    private static readonly TimeSpan OwnWait = TimeSpan.FromSeconds(10);

    /// <summary>It runs out after 5 seconds, and whoever waits for it tries once a second.</summary>
    private static readonly TimeSpan LeaseWait = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(60);

    /// <summary>Of a silo that the others have declared dead.</summary>
    private const int Expelled = 3;

    /// <summary>When it goes on, others have its entities, its lease and its timers; it finds itself expelled, and ends.</summary>
    [Fact]
    public async Task A_silo_that_stands_still_for_a_minute_holds_nobody_up_for_long_and_does_nothing_when_it_goes_on()
    {
        await using var cluster = await ProcessCluster.StartAsync(3, output);
        var load = cluster.Workload.BeginLoad();
        await load.ReachFullSpeedAsync();
        using var pulses = cluster.Workload.BeginPulses();
        await pulses.BeatAsync();
        // The first silo holds the lease.
        var victim = cluster.Silos[0];
        Assert.Equal(victim.Name, (await cluster.LeaseAsync()).Holder);
        var own = await cluster.PlansOnAsync(victim);
        output.WriteLine($"{victim.Name} freezes after {load.Told()}");

        var anyway = pulses.LongestWait;
        pulses.Forget();
        await victim.FreezeAsync();
        var since = Stopwatch.GetTimestamp();
        var everyPlan = cluster.Workload.EveryPlanAnswersAsync();
        await cluster.DeclaredDeadAsync(victim);
        output.WriteLine($"declared dead {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s after the freeze");
        await cluster.LeaseLeavesAsync(victim);
        var leaseWait = Stopwatch.GetElapsedTime(since);
        output.WriteLine($"another silo held the lease {leaseWait.TotalSeconds:0.0} s after the freeze");
        await cluster.Workload.ListsCatchUpAsync(Frozen / 2);
        output.WriteLine($"lists showed it all {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s after the freeze");
        output.WriteLine($"every plan answered again {(await everyPlan).TotalSeconds:0.0} s after the freeze");
        await pulses.EndAsync();
        var waits = Waits.Of(pulses.LongestWaits, own, output);
        output.WriteLine($"before the freeze the longest wait was {anyway.TotalSeconds:0.0} s");
        await Task.Delay(Frozen - Stopwatch.GetElapsedTime(since), TimeProvider.System);
        var lease = await cluster.LeaseAsync();
        await victim.ThawAsync();
        cluster.Forget(victim);

        Assert.Equal(Expelled, await victim.ExitAsync());
        Assert.Contains(victim.Log, line => line.Contains("no longer a member of the cluster", StringComparison.Ordinal));
        await load.ReachedAsync(load.Answered + 500);
        await load.EndAsync();
        Assert.NotEqual(victim.Name, lease.Holder);
        Assert.Equal(lease, await cluster.LeaseAsync());
        Assert.InRange(waits.Others, TimeSpan.Zero, OthersWait + anyway);
        Assert.InRange(waits.Own, TimeSpan.Zero, OwnWait + anyway);
        Assert.InRange(leaseWait, TimeSpan.Zero, LeaseWait + anyway);
        Assert.Empty(await cluster.Workload.JudgeAsync(Scale.Patience));
        Assert.Empty(await cluster.Workload.JudgeAtRestAsync(cluster.StopAsync));
        output.WriteLine($"{cluster.Workload.LogLength} events, each accounted for");
    }

    /// <summary>
    /// An append is one statement, which the database brings to its end whatever becomes of the process that sent it. Should
    /// one yet be stopped with its transaction open, the next writer has it ended.
    /// </summary>
    [Fact]
    public async Task A_process_that_stands_still_in_the_middle_of_a_commit_holds_the_others_up_for_a_moment_and_commits_nothing()
    {
        await using var cluster = await ProcessCluster.StartAsync(3, output);
        var load = cluster.Workload.BeginLoad();
        await load.ReachFullSpeedAsync();
        using var pulses = cluster.Workload.BeginPulses();
        await pulses.BeatAsync();
        await using var writer = HeadHoldingProcess.Start(cluster.ConnectionString);

        var anyway = pulses.LongestWait;
        pulses.Forget();
        await writer.HoldsHeadAsync();
        await writer.FreezeAsync();
        output.WriteLine($"every plan answered again {(await cluster.Workload.EveryPlanAnswersAsync()).TotalSeconds:0.0} s after the freeze");
        await load.ReachedAsync(load.Answered + 500);
        await pulses.EndAsync();
        await load.EndAsync();
        var longest = pulses.LongestWait;
        output.WriteLine($"the longest wait was {longest.TotalSeconds:0.0} s, and {anyway.TotalSeconds:0.0} s before the freeze");
        var outcome = await writer.ThawAndCommitAsync();

        Assert.InRange(longest, TimeSpan.Zero, OthersWait + anyway);
        Assert.Equal("ended", outcome);
        Assert.Empty(await cluster.Workload.JudgeAsync(Scale.Patience));
        Assert.Empty(await cluster.Workload.JudgeAtRestAsync(cluster.StopAsync));
        output.WriteLine($"{cluster.Workload.LogLength} events, each accounted for");
    }
}
