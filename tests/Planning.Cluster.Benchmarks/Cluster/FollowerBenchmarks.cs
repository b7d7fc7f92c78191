using System.Globalization;
using Npgsql;
using Planning.Benchmarks.Engine;
using Planning.Benchmarks.Harness;
using Planning.Engine.Workspaces;
using Planning.Grains.Governance;
using Planning.Grains.Workspaces;

namespace Planning.Cluster.Benchmarks.Cluster;

/// <summary>How soon a workspace's governance has what was committed on any of three silo processes, and by which way it came.</summary>
internal static class FollowerBenchmarks
{
    private const int Plans = 1_000;
    private const double PerSecond = 2_000;

    public static IReadOnlyList<Benchmark> All { get; } = [new("governance.delay.2000", RunAsync)];

    private static async Task<Measured> RunAsync(BenchmarkRun run)
    {
        await using var silos = await PlanningSilos.StartAsync(run.ConnectionString, ClusterBenchmarks.Silos);
        var plans = new BenchmarkPlans(silos.Host());
        await plans.CreateAsync(Plans);
        var governance = silos.Client.GetGrain<IGovernanceGrain>(BenchmarkPlans.Workspace.Value);
        await OpenLoop.RunAsync(PerSecond, Measuring.WarmUpSeconds, number => plans.RetitleAsync((int)(number % Plans)));
        var before = (await governance.StatusAsync()).ToStatus();
        var answers = await OpenLoop.RunAsync(PerSecond, run.Seconds * 2, number => plans.RetitleAsync((int)(number % Plans)));

        var positions = await PositionsAsync(run.ConnectionString);
        var after = await ReachedAsync(governance, positions[^1]);
        if (after.Events != positions.Count || after.Checksum != FollowerStatus.ChecksumOf(positions))
            throw new InvalidOperationException($"Governance applied {after.Events} events; the log has {positions.Count}, or in another order.");
        var (streamed, read) = (after.Streamed - before.Streamed, after.Read - before.Read);
        return new Measured(
            (streamed + read) / (run.Seconds * 2), after.DelayP50Ms, after.DelayP99Ms,
            Note: string.Create(CultureInfo.InvariantCulture, $"from the decision until governance has it (until the caller has its answer: p50 {answers.P50Ms:0.0} ms, p99 {answers.P99Ms:0.0} ms); {100.0 * streamed / (streamed + read):0.00} % by stream; all {positions.Count:N0} events, each once and in order"));
    }

    private static async Task<FollowerStatus> ReachedAsync(IFollowerGrain follower, long position)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var status = (await follower.StatusAsync()).ToStatus();
            if (status.Position >= position)
                return status;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    private static async Task<IReadOnlyList<long>> PositionsAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand("select position from planning.event where workspace = $1 order by position");
        command.Parameters.Add(new() { Value = BenchmarkPlans.Workspace.Value });
        await using var reader = await command.ExecuteReaderAsync();
        var positions = new List<long>();
        while (await reader.ReadAsync())
            positions.Add(reader.GetInt64(0));
        return positions;
    }
}
