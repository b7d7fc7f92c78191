using Planning.Benchmarks.Harness;

namespace Planning.Benchmarks.Http;

/// <summary>The server process with 100,000 plans in its database.</summary>
internal static class ServeBenchmarks
{
    private const int Plans = 100_000;
    private const int Callers = 4;

    private static readonly string[] Filters = ["", "status=PLANNED", "stream=stream-7", "cycle_id=cyc_3", "text=word77", "stream=stream-2&status=PLANNED"];

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("serve.ready.100000", ReadyAsync),
        new("serve.list.100000", ListAsync),
        new("serve.memory.100000", MemoryAsync),
    ];

    private static async Task<Measured> ReadyAsync(BenchmarkRun run)
    {
        await using var served = await ServedPlans.StartAsync(Plans);
        return new(served.StartToReady.TotalMilliseconds, null, null, "ms", "process start until /health/ready answers 200, its PostgreSQL's start among it");
    }

    private static async Task<Measured> ListAsync(BenchmarkRun run)
    {
        await using var served = await ServedPlans.StartAsync(Plans);
        using var http = HttpBenchmarks.Http();
        http.BaseAddress = served.Address;
        var next = 0;
        return await ClosedLoop.RunAsync(Callers, run.Seconds, _ => GetAsync(http, $"/v1/plans?limit=50&{Filters[Interlocked.Increment(ref next) % Filters.Length]}"));
    }

    /// <summary>Every plan is read once, and then lists for some seconds.</summary>
    private static async Task<Measured> MemoryAsync(BenchmarkRun run)
    {
        await using var served = await ServedPlans.StartAsync(Plans);
        using var http = HttpBenchmarks.Http();
        http.BaseAddress = served.Address;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Plans), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) => await GetAsync(http, $"/v1/plans/pln_{i}"));
        await ClosedLoop.RunAsync(Callers, run.Seconds, _ => GetAsync(http, "/v1/plans?limit=50"));
        return new(served.PeakMegabytes(), null, null, "MB", "peak of the server process after each plan was read once; PostgreSQL is apart");
    }

    private static async Task GetAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (body.Length < 300)
            throw new InvalidOperationException($"{path} found nothing.");
    }
}
