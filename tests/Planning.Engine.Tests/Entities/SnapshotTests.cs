using Planning.Domain.Plans;
using Planning.Engine.Entities;

namespace Planning.Engine.Tests.Entities;

public class SnapshotTests
{
    [Fact]
    public async Task A_long_history_is_loaded_from_its_snapshot_and_the_events_after_it()
    {
        var test = new TestHost();
        using var stop = new CancellationTokenSource();
        var writing = test.Writer.RunAsync(stop.Token);
        await test.AcceptAsync(TestHost.Create("pln_1"));
        for (var i = 0; i < 150; i++)
            await test.AcceptAsync(TestHost.Retitle("pln_1", $"Title {i}", $"c{i}"));
        await WaitUntil(() => test.Snapshots.Count == 1);
        await stop.CancelAsync();

        var snapshot = await test.Snapshots.LoadAsync(TestHost.Plan("pln_1"), EntityKinds.FoldVersion, default);
        Assert.Equal(100, snapshot!.Version);
        var cold = new TestHost(test.Log);
        await cold.Snapshots.SaveAsync([snapshot], default);
        var state = await cold.Host.ReadAsync(TestHost.Plan("pln_1"), default);
        Assert.Equal((151, "Title 149"), (state.Version, ((Plan)state.State).Title));
        // Command ids from before the snapshot are known too.
        Assert.True((await cold.AcceptAsync(TestHost.Retitle("pln_1", "Title 3", "c3"))).Repeated);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    [Fact]
    public async Task A_snapshot_of_another_fold_version_is_read_over()
    {
        var test = new TestHost();
        await test.AcceptAsync(TestHost.Create("pln_1"));
        var other = new EntitySnapshot(TestHost.Plan("pln_1"), FoldVersion: 999, Version: 7, "{}"u8.ToArray());
        await test.Snapshots.SaveAsync([other], default);
        var state = await new TestHost(test.Log).Host.ReadAsync(TestHost.Plan("pln_1"), default);
        Assert.Equal(1, state.Version);
    }

    private static async Task WaitUntil(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
