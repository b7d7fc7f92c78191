using Planning.Benchmarks.Harness;

namespace Planning.Cluster.Benchmarks.Cluster;

/// <summary>The closed loop, with a warm-up for several processes, and the processor time that each call took after it.</summary>
internal static class Measuring
{
    /// <summary>Three processes have their code to compile, on the same processors.</summary>
    public const double WarmUpSeconds = 40;

    public static async Task<Measured> MeasureAsync(this SiloProcesses silos, BenchmarkRun run, int callers, Func<int, Task> call)
    {
        await ClosedLoop.RunAsync(callers, seconds: 1, call, warmUpSeconds: WarmUpSeconds - 1);
        var times = await ProcessorTimes.StartAsync(silos, run.ConnectionString);
        var calls = 0L;
        var measured = await ClosedLoop.RunAsync(
            callers, run.Seconds, caller =>
            {
                Interlocked.Increment(ref calls);
                return call(caller);
            }, warmUpSeconds: 1);
        return measured with { Note = times.Each(calls) };
    }
}
