using Planning.Benchmarks.Harness;

namespace Planning.Benchmarks.Engine;

/// <summary>The log through the engine's cell: load, decide, append, evolve, answer; one event per command, no consumers.</summary>
internal static class AppendBenchmarks
{
    public static IReadOnlyList<Benchmark> All { get; } = [Of(1), Of(16), Of(64), Of(256, "naive.256"), Of(1000)];

    public static Benchmark Of(int plans, params string[] ratioTo) => new($"append.{plans}", run => RunAsync(run, plans), ratioTo);

    private static async Task<Measured> RunAsync(BenchmarkRun run, int plans)
    {
        await using var node = await BenchmarkNode.OpenAsync(run.ConnectionString);
        await node.Plans.CreateAsync(plans);
        return await ClosedLoop.RunAsync(plans, run.Seconds, node.Plans.RetitleAsync);
    }
}
