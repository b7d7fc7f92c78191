using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Engine.Entities;
using Planning.Engine.InMemory;
using Planning.Engine.Node;
using Planning.Gateway.Tests.Support;
using Planning.InProcess;

namespace Planning.Gateway.Tests;

/// <summary>The gateway stops before the node does, and must leave it whole.</summary>
public sealed class OwnershipTests
{
    [Fact]
    public async Task A_gateway_that_goes_leaves_the_work_of_the_node_as_it_is()
    {
        var backend = InMemory();
        var snapshots = new SnapshotWriter(backend.Snapshots, NullLogger<SnapshotWriter>.Instance);
        var cells = new CellServices(backend.Log, backend.Snapshots, snapshots, new TestRulebooks(), TimeProvider.System);
        var host = new InProcessHost(new InProcessOptions(), () => cells, TimeProvider.System);
        await using var work = new PlanningWork(
            backend, host, cells.Rulebooks, snapshots, new HostWork([], []), [], [], new WorkOptions(), "test", TimeProvider.System, NullLoggerFactory.Instance);

        await using (var gateway = new ServiceCollection().AddSingleton<IEntityHost>(host).AddSingleton(work).AddPlanningPorts(backend).BuildServiceProvider())
            Assert.Same(work.Recent, gateway.GetRequiredService<WorkParts>().Recent);

        Assert.Empty(await work.Recent.ReadAsync(partition: 0, after: 0, max: 10, look: true, CancellationToken.None));
    }

    private static Engine.Backend InMemory()
    {
        var notifications = new InMemoryNotificationStore();
        return new Engine.Backend(
            new InMemoryEventLog(), new InMemoryBlobStore(), new InMemorySnapshotStore(), new InMemoryTimerStore(), new InMemoryLease(), new InMemoryConsumerPositions(),
            new InMemoryDirectory(), new InMemoryReadModels(), new InMemoryDigestStore(), new InMemorySecurityAudit(TimeProvider.System), notifications, new InMemoryTrackerLinks(), new InMemoryGateResults(), []);
    }
}
