using Planning.Benchmarks.Artifacts;
using Planning.Benchmarks.Engine;
using Planning.Benchmarks.Gates;
using Planning.Benchmarks.Http;
using Planning.Benchmarks.Log;
using Planning.Benchmarks.Reads;

namespace Planning.Benchmarks.Harness;

/// <summary>Every benchmark; what others are compared with comes first.</summary>
internal static class Registry
{
    /// <summary>Names that end so run with a commit that takes 2 ms longer.</summary>
    public const string SlowCommits = ".slow_commit";

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        .. WithAndWithoutSlowCommits(
        [
            .. NaiveBenchmarks.All,
            .. LogBenchmarks.All,
            .. AppendBenchmarks.All,
            .. TransitionBenchmarks.All,
            .. HttpBenchmarks.All,
            .. LifecycleBenchmarks.All,
        ]),
        .. ScheduleBenchmarks.All,
        .. RefreshBenchmarks.All,
        .. NotificationBenchmarks.All,
        .. ListBenchmarks.All,
        .. CalendarBenchmarks.All,
        .. ServeBenchmarks.All,
        .. SchemaBenchmarks.All,
        .. GateBenchmarks.All,
        .. GateCostBenchmarks.All,
        .. ScriptBenchmarks.All,
    ];

    public static IEnumerable<Benchmark> WithAndWithoutSlowCommits(IReadOnlyList<Benchmark> benchmarks) =>
        benchmarks.Concat(benchmarks.Select(benchmark => benchmark with
        {
            Name = benchmark.Name + SlowCommits,
            RatioTo = [.. benchmark.RatioTo.Select(other => other + SlowCommits)],
        }));
}
