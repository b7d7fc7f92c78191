using Microsoft.Extensions.Logging.Abstractions;
using Planning.Engine;
using Planning.Engine.Leases;
using Planning.Engine.Pump;

namespace Planning.Grains.Tests;

/// <summary>The pump of the silo that holds the lease, with nothing to do but to publish events on streams.</summary>
internal sealed class Publishing : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly RecentEvents recent;
    private readonly Task running;

    private Publishing(Cluster cluster, Backend backend)
    {
        recent = new RecentEvents(backend.Log, new RecentOptions(), TimeProvider.System);
        var pump = new EventPump(
            backend.Log, [cluster.StreamConsumer(backend)], recent, backend.Positions, new PumpOptions(), TimeProvider.System, NullLogger<EventPump>.Instance);
        running = new Leadership(backend.Lease, "test", [pump], NullLogger<Leadership>.Instance).RunAsync(stopping.Token);
    }

    public static Publishing Start(Cluster cluster, Backend backend) => new(cluster, backend);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        recent.Dispose();
        stopping.Dispose();
    }
}
