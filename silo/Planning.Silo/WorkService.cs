using Microsoft.Extensions.Hosting;
using Planning.Engine.Node;

namespace Planning.Silo;

/// <summary>Pump, reactors and timers, as long as the silo runs; one silo of the cluster holds the lease and does the work.</summary>
internal sealed class WorkService(PlanningWork work) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        work.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => work.DisposeAsync().AsTask();
}
