using Planning.Gateway.Tests;
using Planning.Gateway.Tests.Support;

namespace Planning.Grains.Tests;

/// <summary>The whole way of a plan over HTTP, when the entities are grains: neither gateway nor SDK knows.</summary>
public sealed class ClusterLifecycleTests : LifecycleTests
{
    private Cluster? cluster;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (cluster is not null)
            await cluster.DisposeAsync();
    }

    internal override Task<Backend> StartAsync() => Backend.StartAsync(hosted: async cells =>
    {
        cluster = await Cluster.StartAsync(cells);
        return (cluster.Host, cluster.Views);
    });
}
