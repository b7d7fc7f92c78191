using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Planning.Contracts;

namespace Planning.Client.Tests.Support;

/// <summary>One request as it arrived.</summary>
internal sealed record Received(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body, long AtTicks)
{
    public string? Key => Headers.GetValueOrDefault(PlanningHeaders.IdempotencyKey);

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>
/// A real server on a real port whose answers a test writes down: the n-th request gets the n-th step, later ones the last.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> received = new();
    private readonly SemaphoreSlim arrived = new(0);
    private int next = -1;

    private ScriptedServer(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    public IReadOnlyList<Received> Requests => [.. received];

    public static async Task<ScriptedServer> StartAsync(params Func<HttpContext, Task>[] steps)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var built = builder.Build();
        var server = new ScriptedServer(built);
        built.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var step = steps[Math.Min(Interlocked.Increment(ref server.next), steps.Length - 1)];
            server.received.Enqueue(new Received(
                http.Request.Method,
                http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body.ToArray(),
                TimeProvider.System.GetTimestamp()));
            server.arrived.Release();
            await step(http);
        });
        await built.StartAsync();
        return server;
    }

    /// <summary>Completes when one more request has arrived.</summary>
    public Task ArrivalAsync() => arrived.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>A client that loses no time between its tries.</summary>
    public PlanningClient Client(Action<PlanningClientOptions>? change = null)
    {
        var options = new PlanningClientOptions
        {
            BaseAddress = Address,
            RetryDelay = TimeSpan.FromMilliseconds(1),
            ReconnectDelay = TimeSpan.FromMilliseconds(1),
            PollInterval = TimeSpan.FromMilliseconds(1),
        };
        change?.Invoke(options);
        return new PlanningClient(options);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
