using Microsoft.Extensions.Logging;
using Planning.Contracts;
using Planning.Engine.Log;
using Planning.Gateway.Identity;

namespace Planning.Gateway.Health;

/// <summary>Looks at the log, the directory and whatever else was registered, each within a time.</summary>
internal sealed partial class Readiness(IEventLog log, Callers callers, TimeProvider time, IEnumerable<IReadinessCheck> others, ILogger<Readiness> logger)
{
    public const string Ready = "ready";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthView> LookAsync(CancellationToken cancellation)
    {
        var anyKeys = true;
        var checks = new List<HealthCheckView>
        {
            await CheckAsync("log", async token => { await log.HeadAsync(0, token); return null; }, cancellation),
            await CheckAsync("directory", async token => { anyKeys = await callers.HasKeysAsync(token); return null; }, cancellation),
        };
        foreach (var other in others)
            checks.Add(await CheckAsync(other.Name, other.LookAsync, cancellation));
        var ready = checks.TrueForAll(c => c.Status == "ok");
        return new HealthView(ready ? Ready : "not_ready", checks, anyKeys ? "api_keys" : "loopback_only", log.Epoch);
    }

    private async Task<HealthCheckView> CheckAsync(string name, Func<CancellationToken, ValueTask<string?>> look, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var reason = await look(either.Token).AsTask().WaitAsync(either.Token);
            return new HealthCheckView(name, reason is null ? "ok" : "failed", reason);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Failed(logger, name, e);
            return new HealthCheckView(name, "failed", e is OperationCanceledException ? "It did not answer in time." : "It cannot be reached; the server's log says why.");
        }
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "{Service} is not ready")]
    private static partial void Failed(ILogger logger, string service, Exception e);
}
