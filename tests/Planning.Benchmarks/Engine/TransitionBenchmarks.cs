using System.Collections.Concurrent;
using System.Diagnostics;
using Planning.Benchmarks.Harness;
using Planning.Engine;
using Planning.Engine.Log;
using Planning.Engine.Pump;

namespace Planning.Benchmarks.Engine;

/// <summary>Commands with every consumer running beside them, and how far behind the consumers are.</summary>
internal static class TransitionBenchmarks
{
    private const int Plans = 1000;
    private const double OpenLoopRate = 5000;

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("transitions.sustained.1000", SustainedAsync, "append.1000"),
        new("consumer.lag.5000", LagAsync),
    ];

    /// <summary>The in-process host as it serves: what <c>append</c> does, and every consumer beside it.</summary>
    public static Benchmark Of(int plans) => new($"transitions.{plans}", run => RunAsync(run, plans), $"append.{plans}");

    private static async Task<Measured> RunAsync(BenchmarkRun run, int plans)
    {
        await using var node = await BenchmarkNode.OpenAsync(run.ConnectionString);
        await node.Plans.CreateAsync(plans);
        node.Node.Start();
        return await ClosedLoop.RunAsync(plans, run.Seconds, node.Plans.RetitleAsync);
    }

    /// <summary>For six times the usual seconds: consumers that fall behind do so slowly.</summary>
    private static async Task<Measured> SustainedAsync(BenchmarkRun run)
    {
        await using var node = await BenchmarkNode.OpenAsync(run.ConnectionString);
        await node.Plans.CreateAsync(Plans);
        node.Node.Start();
        using var stop = new CancellationTokenSource();
        var lag = WatchLagAsync(node, stop.Token);
        var measured = await ClosedLoop.RunAsync(Plans, run.Seconds * 6, node.Plans.RetitleAsync);
        var ended = Stopwatch.GetTimestamp();
        await stop.CancelAsync();
        await node.CatchUpAsync();
        var (median, most) = await lag;
        return measured with
        {
            Note = $"consumers behind by {median:N0} events in the median, {most:N0} at most; caught up {Stopwatch.GetElapsedTime(ended).TotalMilliseconds:N0} ms after the end",
        };
    }

    /// <summary>Commits at a fixed rate, and the time from each commit until the read models have it; for twice the usual seconds, as stalls are rare and long.</summary>
    private static async Task<Measured> LagAsync(BenchmarkRun run)
    {
        var probe = new Probe();
        await using var node = await BenchmarkNode.OpenAsync(run.ConnectionString, probe.Wrap);
        await node.Plans.CreateAsync(Plans);
        node.Node.Backend.Log.EventsCommitted += probe.Committed;
        node.Node.Start();
        await PacedAsync(node, ClosedLoop.WarmUpSeconds);
        probe.Latencies.Clear();
        var seconds = run.Seconds * 2;
        await PacedAsync(node, seconds);
        var latencies = probe.Latencies.Order().ToArray();
        double At(double share) => latencies[(int)(share * (latencies.Length - 1))];
        return new Measured(latencies.Length / seconds, At(0.5), At(0.99), Note: "commit until the read models have it");
    }

    private static Task PacedAsync(BenchmarkNode node, double seconds) =>
        OpenLoop.RunAsync(OpenLoopRate, seconds, number => node.Plans.RetitleAsync((int)(number % Plans)));

    private static async Task<(double Median, double Most)> WatchLagAsync(BenchmarkNode node, CancellationToken cancellation)
    {
        var samples = new List<double>();
        while (!cancellation.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
            var head = await node.Node.Backend.Log.HeadAsync(0, CancellationToken.None);
            samples.Add(head - node.Node.Progress.Consumers.Min(c => node.Node.Progress.PositionOf(c, 0)));
        }
        samples.Sort();
        return (samples[samples.Count / 2], samples[^1]);
    }

    /// <summary>Notes when each event was committed and when the projections had it.</summary>
    private sealed class Probe
    {
        private readonly ConcurrentDictionary<long, long> committed = new();

        public ConcurrentBag<double> Latencies { get; } = [];

        public Backend Wrap(Backend backend) => backend with { Projections = [.. backend.Projections.Select(p => new Timed(p, this))] };

        public void Committed(Committed batch)
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var e in batch.Events)
                committed[e.Position] = now;
        }

        private sealed class Timed(IEventConsumer inner, Probe probe) : IEventConsumer
        {
            public string Name => inner.Name;

            public ValueTask<long> PositionAsync(int partition, CancellationToken cancellation) => inner.PositionAsync(partition, cancellation);

            public async ValueTask HandleAsync(EventBatch batch, CancellationToken cancellation)
            {
                await inner.HandleAsync(batch, cancellation);
                foreach (var e in batch.Events)
                {
                    if (probe.committed.TryRemove(e.Position, out var at))
                        probe.Latencies.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                }
            }
        }
    }
}
