namespace Planning.Benchmarks.Harness;

/// <summary>One named measurement, in a fresh database of its own.</summary>
/// <param name="Name">As in the report: <c>append.256</c>.</param>
/// <param name="RatioTo">The benchmarks that this one is compared with; they run in the same run.</param>
internal sealed record Benchmark(string Name, Func<BenchmarkRun, Task<Measured>> RunAsync, params string[] RatioTo);

/// <param name="Seconds">How long to measure, after the warm-up.</param>
/// <param name="SlowCommits">Whether PostgreSQL waits 2 ms before each commit.</param>
internal sealed record BenchmarkRun(string ConnectionString, double Seconds, bool SlowCommits);

/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Note">What else was seen, for people.</param>
internal sealed record Measured(double Value, double? P50Ms, double? P99Ms, string Unit = "per_s", string Note = "");
