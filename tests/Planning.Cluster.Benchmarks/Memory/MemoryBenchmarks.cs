using System.Diagnostics;
using System.Globalization;
using Orleans.Runtime;
using Planning.Benchmarks.Engine;
using Planning.Benchmarks.Harness;
using Planning.Cluster.Benchmarks.Cluster;
using Planning.Engine.Entities;

namespace Planning.Cluster.Benchmarks.Memory;

/// <summary>100,000 entities in the memory of one silo process, and in that of one that may hold fewer.</summary>
internal static class MemoryBenchmarks
{
    private const int Plans = 100_000;
    private const int Bound = 20_000;
    private const int Callers = 64;

    /// <summary>Consumers are not left far behind: on a slow machine a batch of very many new plans takes them longer than a statement may.</summary>
    private const int Chunk = 5_000;

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("cluster.memory.100000", run => RunAsync(run, maxEntities: Plans * 2)),
        new("cluster.bounded.100000", run => RunAsync(run, Bound), "cluster.memory.100000"),
    ];

    private static async Task<Measured> RunAsync(BenchmarkRun run, int maxEntities)
    {
        await FillAsync(run.ConnectionString);
        await using var silos = await PlanningSilos.StartAsync(run.ConnectionString, silos: 1, new Dictionary<string, string>
        {
            ["PLANNING_CLUSTER__MAXENTITIES"] = SiloPlace.Word(maxEntities),
            ["PLANNING_CLUSTER__MAXBYTES"] = "2000000000",
        });
        // What every silo has in memory once it works.
        await ReadAsync(silos.Host(), 0, Callers);
        var watch = new SiloMemory(silos);
        var before = await watch.NowAsync();
        using var stop = new CancellationTokenSource();
        var most = watch.MostAsync(stop.Token);
        var from = Stopwatch.GetTimestamp();
        await ReadAsync(silos.Host(), Callers, Plans);
        var took = Stopwatch.GetElapsedTime(from);
        await stop.CancelAsync();
        var peak = await most;
        var after = await watch.NowAsync();
        var added = after.Entities - before.Entities;
        return new Measured(after.Resident / 1_000_000d, null, null, "MB", string.Create(
            CultureInfo.InvariantCulture,
            $"{after.Entities:N0} entities in memory at the end, {peak.Entities:N0} at most; {(after.Heap - before.Heap) / added:N0} bytes of heap and {(after.Resident - before.Resident) / added:N0} resident each; "
            + $"peak {peak.Resident / 1_000_000d:N0} MB; {Plans:N0} were read in {took.TotalSeconds:0.0} s"));
    }

    private static async Task FillAsync(string database)
    {
        await using var node = await BenchmarkNode.OpenAsync(database);
        node.Node.Start();
        for (var from = 0; from < Plans; from += Chunk)
        {
            await node.Plans.CreateAsync(Chunk, from);
            await node.CatchUpAsync();
        }
    }

    private static Task ReadAsync(IEntityHost host, int from, int to) => Parallel.ForAsync(
        from, to, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (plan, cancellation) =>
        {
            var read = await host.ReadAsync(BenchmarkPlans.Key(plan), cancellation);
            if (read.Version != 1)
                throw new InvalidOperationException($"Plan {plan} is at version {read.Version}.");
        });
}
