using System.Diagnostics;

namespace Planning.Benchmarks.Harness;

/// <summary>Calls at a fixed rate, whatever becomes of the earlier ones.</summary>
internal static class OpenLoop
{
    private const int Callers = 256;

    /// <param name="call">Is given its number, from 1.</param>
    /// <returns>How many there were in each second, and how long each took.</returns>
    public static async Task<Measured> RunAsync(double perSecond, double seconds, Func<long, Task> call)
    {
        var start = Stopwatch.GetTimestamp();
        var sent = 0L;
        var latencies = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            var ticks = new List<long>();
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
            {
                var number = Interlocked.Increment(ref sent);
                var wait = TimeSpan.FromSeconds(number / perSecond) - Stopwatch.GetElapsedTime(start);
                if (wait > TimeSpan.FromMilliseconds(1))
                    await Task.Delay(wait, TimeProvider.System);
                var from = Stopwatch.GetTimestamp();
                await call(number);
                ticks.Add(Stopwatch.GetTimestamp() - from);
            }
            return ticks;
        })));
        return Latencies.Measure(latencies.SelectMany(ticks => ticks), seconds);
    }
}
