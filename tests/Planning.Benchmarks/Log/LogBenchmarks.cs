using Microsoft.Extensions.Logging.Abstractions;
using Planning.Benchmarks.Harness;
using Planning.Engine.Log;
using Planning.Postgres;
using Planning.Postgres.Log;

namespace Planning.Benchmarks.Log;

/// <summary>Appends of one event each, every caller with an entity of its own, straight on the log.</summary>
internal static class LogBenchmarks
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        Of(64),
        Of(256, "naive.256"),
        Of(1000),
    ];

    private static Benchmark Of(int callers, params string[] ratioTo) => new($"log.{callers}", run => RunAsync(run, callers), ratioTo);

    private static async Task<Measured> RunAsync(BenchmarkRun run, int callers)
    {
        await using var database = new PlanningDatabase(new() { ConnectionString = run.ConnectionString });
        await using var log = await PostgresEventLog.OpenAsync(database, new EventLogOptions(), TimeProvider.System, NullLogger<PostgresEventLog>.Instance);
        var entities = Enumerable.Range(0, callers).Select(SampleAppend.Entity).ToArray();
        var versions = new long[callers];
        var appended = 0L;
        var measured = await ClosedLoop.RunAsync(callers, run.Seconds, async caller =>
        {
            var outcome = await log.AppendAsync(SampleAppend.Of(entities[caller], versions[caller]), CancellationToken.None);
            if (outcome is not AppendOutcome.Committed)
                throw new InvalidOperationException($"append of caller {caller}: {outcome}");
            versions[caller]++;
            Interlocked.Increment(ref appended);
        });
        var head = await log.HeadAsync(0, CancellationToken.None);
        return head == appended ? measured : throw new InvalidOperationException($"{appended} appends were answered, and the log's head is {head}.");
    }
}
