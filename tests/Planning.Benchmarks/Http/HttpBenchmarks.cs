using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Planning.Benchmarks.Harness;
using Planning.Cli.Serve;
using Planning.Client;
using Planning.Contracts;

namespace Planning.Benchmarks.Http;

/// <summary>Plain commands over HTTP, client and server in one process on the same cores.</summary>
internal static class HttpBenchmarks
{
    private const int Callers = 256;
    private const double PacedRate = 1000;

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("commands.http.256", run => RunAsync(run, paced: false), "append.256"),
        new("commands.http.paced.1000", run => RunAsync(run, paced: true)),
        new("sse.1000", SseAsync),
    ];

    public static Task<PlanningServer> ServeAsync(BenchmarkRun run) => PlanningServer.StartAsync(
        new ServeSettings { Url = "http://127.0.0.1:0", Database = run.ConnectionString, LogLevel = "Error" }, CancellationToken.None);

    /// <summary>One client for all callers; in the keyless mode of this machine a header says who calls.</summary>
    public static PlanningClient ClientOf(PlanningServer server, HttpClient http, string actor) => ClientOf(new Uri(server.Url), http, actor);

    public static PlanningClient ClientOf(Uri address, HttpClient http, string actor) =>
        new(http, new PlanningClientOptions { BaseAddress = address, Actor = actor });

    public static HttpClient Http() => new(new SocketsHttpHandler { MaxConnectionsPerServer = Callers, UseProxy = false });

    private static async Task<Measured> RunAsync(BenchmarkRun run, bool paced)
    {
        await using var server = await ServeAsync(run);
        return await CommandsAsync(new Uri(server.Url), run.Seconds, paced ? PacedRate : null);
    }

    /// <summary>Every caller gives a plan of its own one title after the other.</summary>
    public static async Task<Measured> CommandsAsync(Uri address, double seconds, double? perSecond = null, double warmUpSeconds = ClosedLoop.WarmUpSeconds)
    {
        using var http = Http();
        http.BaseAddress = address;
        var plans = await CreateAsync(http);
        var number = 0L;
        return await ClosedLoop.RunAsync(Callers, seconds, caller => RetitleAsync(http, plans[caller], Interlocked.Increment(ref number)), perSecond, warmUpSeconds);
    }

    /// <summary>From the commit of an event until a client of the live stream has read it.</summary>
    private static async Task<Measured> SseAsync(BenchmarkRun run)
    {
        await using var server = await ServeAsync(run);
        using var http = Http();
        http.BaseAddress = new Uri(server.Url);
        var plans = await CreateAsync(http);
        var committed = new System.Collections.Concurrent.ConcurrentDictionary<long, long>();
        server.Node.Backend.Log.EventsCommitted += batch =>
        {
            foreach (var e in batch.Events)
                committed[e.Position] = Stopwatch.GetTimestamp();
        };
        var latencies = new List<double>();
        using var stop = new CancellationTokenSource();
        using var streaming = Http();
        var following = Task.Run(async () =>
        {
            await foreach (var item in ClientOf(server, streaming, "auditor").Events.FollowAsync(cancellation: stop.Token))
            {
                if (item.Event is { } e && committed.TryRemove(e.Position, out var at))
                    latencies.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            }
        });
        var start = Stopwatch.GetTimestamp();
        for (var i = 0L; Stopwatch.GetElapsedTime(start).TotalSeconds < run.Seconds; i++)
        {
            var wait = TimeSpan.FromSeconds(i / PacedRate) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.FromMilliseconds(1))
                await Task.Delay(wait, TimeProvider.System);
            _ = RetitleAsync(http, plans[(int)(i % Callers)], i);
        }
        await stop.CancelAsync();
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        latencies.Sort();
        double At(double share) => latencies[(int)(share * (latencies.Count - 1))];
        return new Measured(latencies.Count / run.Seconds, At(0.5), At(0.99), Note: "commit until a stream's client has it");
    }

    private static async Task<string[]> CreateAsync(HttpClient http)
    {
        var client = ClientOf(http.BaseAddress!, http, "planner");
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var cycle = await client.Cycles.OpenAsync(new OpenCycleRequest("bench", today, today.AddDays(14)));
        return await Task.WhenAll(Enumerable.Range(0, Callers).Select(async i =>
            (await client.Plans.CreateAsync(new CreatePlanRequest($"Plan {i}", "bench", CycleId: cycle.Id))).Id));
    }

    private static async Task RetitleAsync(HttpClient http, string plan, long number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/plans/{plan}")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"title":"Plan as of command {{number}}"}""")),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
