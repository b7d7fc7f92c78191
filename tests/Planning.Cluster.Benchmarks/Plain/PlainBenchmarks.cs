using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Planning.Benchmarks.Harness;
using Planning.Cluster.Benchmarks.Cluster;

namespace Planning.Cluster.Benchmarks.Plain;

/// <summary>What the cluster is compared with: a grain that stores its state and sends a stream event with each transition.</summary>
internal static class PlainBenchmarks
{
    private static readonly TimeSpan Straggling = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("plain.state.256", run => RunAsync(run, 256, (grain, title) => grain.StoreAsync(title), streams: false)),
        Of(64),
        Of(256),
        Of(1000),
    ];

    private static Benchmark Of(int plans) => new($"plain.{plans}", run => RunAsync(run, plans, (grain, title) => grain.RetitleAsync(title), streams: true));

    private static async Task<Measured> RunAsync(BenchmarkRun run, int callers, Func<IPlainPlanGrain, string, Task<long>> call, bool streams)
    {
        await CreateTablesAsync(run.ConnectionString);
        await using var silos = await SiloProcesses.StartAsync(
            run.ConnectionString, ClusterBenchmarks.Silos,
            place => ServedProcess.StartAsync("Planning.Cluster.Benchmarks", [PlainSilo.Verb, .. place.Words()], new Dictionary<string, string>(), place.Health),
            _ => { });
        var plans = Enumerable.Range(0, callers).Select(i => silos.Client.GetGrain<IPlainPlanGrain>(i)).ToArray();
        var sent = 0L;
        var measured = await silos.MeasureAsync(run, callers, caller => call(plans[caller], $"Plan {caller} as of command {Interlocked.Increment(ref sent)}"));
        return streams ? measured with { Note = $"{await ArrivedAsync(silos.Client, sent)}; {measured.Note}" } : measured;
    }

    /// <summary>Waits for the events until all have come or none comes any more.</summary>
    private static async Task<string> ArrivedAsync(IClusterClient client, long sent)
    {
        var counters = Enumerable.Range(0, PlainCounterGrain.Count).Select(i => client.GetGrain<IPlainCounterGrain>(PlainCounterGrain.KeyFor(i))).ToArray();
        var ended = Stopwatch.GetTimestamp();
        var (arrived, changed) = (0L, ended);
        while (arrived < sent && Stopwatch.GetElapsedTime(changed) < Straggling)
        {
            var now = (await Task.WhenAll(counters.Select(counter => counter.CountAsync()))).Sum();
            if (now != arrived)
                (arrived, changed) = (now, Stopwatch.GetTimestamp());
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{arrived:N0} of {sent:N0} events arrived, the last {Stopwatch.GetElapsedTime(ended, changed).TotalSeconds:0.0} s after the end");
    }

    private static async Task CreateTablesAsync(string database)
    {
        await using var resource = typeof(PlainBenchmarks).Assembly.GetManifestResourceStream("plain.sql")!;
        using var reader = new StreamReader(resource);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(await reader.ReadToEndAsync(), connection);
        await command.ExecuteNonQueryAsync();
    }
}
