using Planning.Engine.Entities;
using Planning.InProcess;
using Planning.Testing;

namespace Planning.Conformance.Hosts;

public sealed class InProcessHostTests : EntityHostSuite
{
    private readonly FakeTime time = new();
    private InProcessHost host = null!;

    protected override Task<IEntityHost> OpenAsync(CellServices cells) =>
        Task.FromResult<IEntityHost>(host = new InProcessHost(new InProcessOptions(), () => cells, time));

    protected override Task CloseAsync() => Task.CompletedTask;

    protected override Task ForgetAsync()
    {
        time.Advance(TimeSpan.FromHours(1));
        host.Sweep();
        Assert.Equal(0, host.Count);
        return Task.CompletedTask;
    }
}
