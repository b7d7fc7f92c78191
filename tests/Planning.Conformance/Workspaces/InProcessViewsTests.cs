using Planning.Engine;
using Planning.Engine.Entities;
using Planning.Engine.Workspaces;
using Planning.InProcess;

namespace Planning.Conformance.Workspaces;

public sealed class InProcessViewsTests : WorkspaceViewsSuite
{
    protected override Task<IWorkspaceViews> OpenAsync(Backend backend, CellServices cells)
    {
        var host = new InProcessHost(new InProcessOptions(), () => cells, cells.Time);
        return Task.FromResult<IWorkspaceViews>(new InProcessViews(new InProcessOptions(), () => cells, host));
    }

    protected override Task CloseAsync() => Task.CompletedTask;
}
