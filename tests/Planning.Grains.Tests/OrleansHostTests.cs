using Planning.Conformance.Hosts;
using Planning.Engine.Entities;

namespace Planning.Grains.Tests;

/// <summary>What every host promises, kept by grains.</summary>
public sealed class OrleansHostTests : EntityHostSuite
{
    private Cluster cluster = null!;

    protected override async Task<IEntityHost> OpenAsync(CellServices cells)
    {
        cluster = await Cluster.StartAsync(cells);
        return cluster.Host;
    }

    protected override Task CloseAsync() => cluster.DisposeAsync().AsTask();

    protected override async Task ForgetAsync()
    {
        Assert.NotEqual(0, await cluster.ActiveAsync());
        await cluster.DeactivateAllAsync();
        Assert.Equal(0, await cluster.ActiveAsync());
    }
}
