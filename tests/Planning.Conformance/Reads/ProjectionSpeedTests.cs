using System.Diagnostics;
using System.Globalization;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Pump;
using Planning.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Planning.Conformance.Reads;

/// <summary>What a full batch costs. The figures are printed; only an order of magnitude is asserted, because tests share their machine.</summary>
public sealed class ProjectionSpeedTests(ITestOutputHelper output)
{
    private const int Plans = 1_000;
    private const int BatchSize = 2_000;
    private const int Rounds = 24;

    [Fact]
    public async Task A_batch_of_2000_events_costs_some_tens_of_milliseconds()
    {
        var history = new History();
        await using var database = await ProjectedDatabase.CreateAsync(history);
        for (var i = 0; i < Plans; i++)
            await history.CreateAsync($"pln_{i}", $"Payment platform migration step {i}", $"stream_{i % 9}", tags: [("criticality", $"{i % 4}"), ("compliance", "sox")]);
        await MeasureAsync("created", history, database);

        await UpdateAsync("described", history, database, round => new(new("gtr_1"), Description: $"Round {round}"));
        await UpdateAsync("prioritised", history, database, round => new(new("gtr_1"), Priority: round % 4));
        await UpdateAsync("renamed", history, database, round => new(new("gtr_1"), Title: $"Plan of the payment platform in round {round}"));
        for (var i = 0; i < Plans; i++)
            await history.ExecuteAsync($"pln_{i}");
        var best = await MeasureAsync("lifecycle", history, database);

        Assert.InRange(best, 0, 1_000);
    }

    private async Task UpdateAsync(string what, History history, ProjectedDatabase database, Func<int, PlanCommand.Update> update)
    {
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < Plans; i++)
                await history.PlanAsync($"pln_{i}", update(round));
        }
        await MeasureAsync(what, history, database);
    }

    /// <returns>Milliseconds of the fastest full batch.</returns>
    private async Task<double> MeasureAsync(string what, History history, ProjectedDatabase database)
    {
        var times = new List<(double Ms, int Events)>();
        var before = await CpuAsync();
        var position = await database.Projection.PositionAsync(0, default);
        while (await history.Log.ReadAsync(0, position, BatchSize, default) is { Count: > 0 } events)
        {
            var start = Stopwatch.GetTimestamp();
            await database.Projection.HandleAsync(new EventBatch(0, position, events, ProjectedDatabase.LeaseEpoch), default);
            times.Add((Stopwatch.GetElapsedTime(start).TotalMilliseconds, events.Count));
            position = events[^1].Position;
        }
        var fastest = times.MinBy(t => t.Ms / t.Events);
        var median = times.Select(t => t.Ms / t.Events).Order().ElementAt(times.Count / 2);
        var after = await CpuAsync();
        var thousands = times.Sum(t => t.Events) / 1_000.0;
        output.WriteLine($"{what,-12} CPU of 1,000 events: {(after.Own - before.Own) / thousands:F1} ms here, {(after.Server - before.Server) / thousands:F1} ms in PostgreSQL");
        output.WriteLine($"{what,-12} {times.Count,3} batches, fastest {fastest.Ms:F1} ms for {fastest.Events} events, median {1_000 / median:F0} events/s");
        return fastest.Ms;
    }

    /// <summary>Milliseconds of processor time so far: unlike time on the wall it does not depend on who else is busy.</summary>
    private static async Task<(double Own, double Server)> CpuAsync()
    {
        const double msPerTick = 10;
        var server = (await TestPostgres.GetAsync()).ProcessId.ToString(CultureInfo.InvariantCulture);
        var ticks = 0L;
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                // Fields from the state on: parent is the 2nd, user and system time are the 12th and 13th.
                var stat = await File.ReadAllTextAsync(Path.Combine(process, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (fields[1] == server)
                    ticks += long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // The process has ended meanwhile.
            }
        }
        return (Environment.CpuUsage.TotalTime.TotalMilliseconds, ticks * msPerTick);
    }
}
