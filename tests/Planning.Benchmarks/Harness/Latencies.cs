using System.Diagnostics;

namespace Planning.Benchmarks.Harness;

/// <summary>What calls come to that were timed one by one.</summary>
internal static class Latencies
{
    /// <param name="ticks">Of the stopwatch, of each call.</param>
    public static Measured Measure(IEnumerable<long> ticks, double seconds)
    {
        var sorted = ticks.Order().ToArray();
        return new(sorted.Length / seconds, Percentile(sorted, 0.50), Percentile(sorted, 0.99));
    }

    private static double? Percentile(long[] sorted, double share) =>
        sorted.Length == 0 ? null : sorted[(int)(share * (sorted.Length - 1))] * 1000.0 / Stopwatch.Frequency;
}
