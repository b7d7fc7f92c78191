using Planning.Conformance.Workspaces;
using Planning.Engine;
using Planning.Engine.Entities;
using Planning.Engine.Workspaces;

namespace Planning.Grains.Tests;

/// <summary>What every host says about a workspace, said by grains that follow it by stream.</summary>
public sealed class OrleansViewsTests : WorkspaceViewsSuite
{
    private Cluster cluster = null!;
    private Publishing publishing = null!;

    protected override async Task<IWorkspaceViews> OpenAsync(Backend backend, CellServices cells)
    {
        cluster = await Cluster.StartAsync(cells);
        publishing = Publishing.Start(cluster, backend);
        return cluster.Views;
    }

    protected override async Task CloseAsync()
    {
        await publishing.DisposeAsync();
        await cluster.DisposeAsync();
    }
}
