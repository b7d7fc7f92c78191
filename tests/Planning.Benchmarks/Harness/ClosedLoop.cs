using System.Diagnostics;

namespace Planning.Benchmarks.Harness;

/// <summary>N callers, each of which starts its next call when the last one has ended.</summary>
internal static class ClosedLoop
{
    public const double WarmUpSeconds = 4;

    /// <param name="call">Given the caller's number, from 0; throws when the call fails.</param>
    /// <param name="perSecond">Calls of all callers together; null for as many as there can be.</param>
    /// <param name="warmUpSeconds">Calls that end before do not count.</param>
    public static async Task<Measured> RunAsync(int callers, double seconds, Func<int, Task> call, double? perSecond = null, double warmUpSeconds = WarmUpSeconds)
    {
        var start = Stopwatch.GetTimestamp();
        var measureFrom = start + (long)(warmUpSeconds * Stopwatch.Frequency);
        var until = measureFrom + (long)(seconds * Stopwatch.Frequency);
        var latencies = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller, measureFrom, until, call, perSecond is { } rate ? callers / rate : 0))));
        return Latencies.Measure(latencies.SelectMany(ticks => ticks), seconds);
    }

    private static async Task<List<long>> CallAsync(int caller, long measureFrom, long until, Func<int, Task> call, double pause)
    {
        var ticks = new List<long>(4096);
        for (var from = Stopwatch.GetTimestamp(); from < until;)
        {
            await call(caller);
            var now = Stopwatch.GetTimestamp();
            // A call counts where it ends.
            if (now >= measureFrom && now < until)
                ticks.Add(now - from);
            var rest = TimeSpan.FromSeconds(pause) - Stopwatch.GetElapsedTime(from, now);
            if (rest > TimeSpan.Zero)
                await Task.Delay(rest, TimeProvider.System);
            from = Stopwatch.GetTimestamp();
        }
        return ticks;
    }
}
