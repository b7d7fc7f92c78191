using Microsoft.Extensions.Logging.Abstractions;
using Planning.Engine.Entities;
using Planning.InProcess;

namespace Planning.Conformance.Workspaces;

public sealed class InProcessViolationTests : ViolationSuite
{
    private PlanningNode node = null!;

    protected override Task<IEntityHost> StartAsync()
    {
        node = new PlanningNode(Backend, new PlanningNodeOptions(), "test", TimeProvider.System, NullLoggerFactory.Instance);
        node.Start();
        return Task.FromResult(node.Host);
    }

    protected override async Task StopAsync() => await node.DisposeAsync();
}
