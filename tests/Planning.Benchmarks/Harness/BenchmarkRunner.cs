namespace Planning.Benchmarks.Harness;

/// <summary>Runs what the filter names, each alone and in its own database, and prints a line when it is done.</summary>
internal static class BenchmarkRunner
{
    public static async Task<BenchmarkReport> RunAsync(IReadOnlyList<Benchmark> all, BenchmarkArguments arguments, string admin, CancellationToken cancellation)
    {
        var values = new Dictionary<string, double>();
        var lines = new List<BenchmarkReport.Line>();
        foreach (var benchmark in Wanted(all, arguments.Filter))
        {
            var name = benchmark.Name;
            var slowCommits = name.EndsWith(Registry.SlowCommits, StringComparison.Ordinal);
            await using var database = await BenchmarkDatabase.CreateAsync(admin, slowCommits);
            var measured = await MeasureAsync(benchmark, new(database.ConnectionString, arguments.Seconds, slowCommits), cancellation);
            values[name] = measured.Value;
            var ratio = benchmark.RatioTo
                .Where(other => values.GetValueOrDefault(other) > 0)
                .Select(other => new BenchmarkReport.Ratio(other, Math.Round(measured.Value / values[other], 3)))
                .ToList();
            var line = new BenchmarkReport.Line(name, Math.Round(measured.Value, 1), measured.Unit, Round(measured.P50Ms), Round(measured.P99Ms), ratio, measured.Note);
            lines.Add(line);
            Console.WriteLine(line);
        }
        return new(lines);
    }

    private static async Task<Measured> MeasureAsync(Benchmark benchmark, BenchmarkRun run, CancellationToken cancellation)
    {
        try
        {
            return await benchmark.RunAsync(run).WaitAsync(cancellation);
        }
        finally
        {
            // One that failed or was given up may have left some, which hold on to the database.
            await ServedProcess.KillAllAsync();
        }
    }

    /// <summary>What the filter names, what that is compared with, and so on, in the registry's order.</summary>
    private static IEnumerable<Benchmark> Wanted(IReadOnlyList<Benchmark> all, string? filter)
    {
        var wanted = all.Where(benchmark => filter is null || benchmark.Name.Contains(filter, StringComparison.Ordinal)).Select(benchmark => benchmark.Name).ToHashSet();
        // Whatever is compared with stands before; so one way back is enough.
        foreach (var benchmark in all.Reverse())
        {
            if (wanted.Contains(benchmark.Name))
                wanted.UnionWith(benchmark.RatioTo);
        }
        return all.Where(benchmark => wanted.Contains(benchmark.Name));
    }

    private static double? Round(double? milliseconds) => milliseconds is { } value ? Math.Round(value, 3) : null;
}
