using Planning.Benchmarks.Engine;
using Planning.Benchmarks.Harness;
using Planning.Benchmarks.Http;
using Planning.Cluster.Benchmarks.Cluster;
using Planning.Cluster.Benchmarks.Memory;
using Planning.Cluster.Benchmarks.Plain;

namespace Planning.Cluster.Benchmarks;

/// <summary>Every benchmark of a cluster; what others are compared with comes first.</summary>
internal static class ClusterRegistry
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        .. Registry.WithAndWithoutSlowCommits(
        [
            AppendBenchmarks.Of(64),
            AppendBenchmarks.Of(256),
            AppendBenchmarks.Of(1000),
            TransitionBenchmarks.Of(64),
            TransitionBenchmarks.Of(256),
            TransitionBenchmarks.Of(1000),
            .. HttpBenchmarks.All.Where(benchmark => benchmark.Name == "commands.http.256"),
            .. PlainBenchmarks.All,
            .. ClusterBenchmarks.All,
            .. FollowerBenchmarks.All,
        ]),
        .. MemoryBenchmarks.All,
    ];
}
