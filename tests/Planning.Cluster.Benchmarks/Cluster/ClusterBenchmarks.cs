using Planning.Benchmarks.Engine;
using Planning.Benchmarks.Harness;
using Planning.Benchmarks.Http;

namespace Planning.Cluster.Benchmarks.Cluster;

/// <summary>The command of <c>append.N</c>, to grains in three silo processes.</summary>
internal static class ClusterBenchmarks
{
    public const int Silos = 3;

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        Of(64),
        Of(256),
        Of(1000),
        new("cluster.http.256", HttpAsync, "commands.http.256", "cluster.256"),
    ];

    private static Benchmark Of(int plans) => new($"cluster.{plans}", run => RunAsync(run, plans), $"append.{plans}", $"transitions.{plans}", $"plain.{plans}");

    private static async Task<Measured> RunAsync(BenchmarkRun run, int callers)
    {
        await using var silos = await PlanningSilos.StartAsync(run.ConnectionString, Silos);
        var plans = new BenchmarkPlans(silos.Host());
        await plans.CreateAsync(callers);
        return await silos.MeasureAsync(run, callers, plans.RetitleAsync);
    }

    /// <summary>Through a gateway process that runs no entities.</summary>
    private static async Task<Measured> HttpAsync(BenchmarkRun run)
    {
        await using var silos = await PlanningSilos.StartAsync(run.ConnectionString, Silos);
        var gateway = await silos.AddAsync("gateway", place => PlanningSilos.StartAsync(place, "gateway"));
        return await HttpBenchmarks.CommandsAsync(gateway.Health, run.Seconds, warmUpSeconds: Measuring.WarmUpSeconds);
    }
}
