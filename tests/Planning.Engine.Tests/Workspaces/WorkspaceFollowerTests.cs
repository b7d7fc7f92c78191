using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Log;
using Planning.Engine.Workspaces;
using Planning.Testing;

namespace Planning.Engine.Tests.Workspaces;

/// <summary>Whatever a stream does, every event is applied once and in order.</summary>
public sealed class WorkspaceFollowerTests
{
    private readonly TestHost test = new();
    private readonly FakeTime time = new();

    [Fact]
    public async Task What_connects_is_applied_without_a_look_into_the_log()
    {
        var log = new CountingLog(test.Memory);
        var follower = Follow(log);
        await WriteAsync(3);
        await follower.CatchUpAsync(default);
        var reads = log.Reads;
        await WriteAsync(2);

        Assert.True(follower.Offer(await MessageAsync(3, 5)));

        Assert.Equal([1, 2, 3, 4, 5], Applied(follower));
        Assert.Equal(reads, log.Reads);
        Assert.Equal((3, 2, 0), (follower.Status.Begun, follower.Status.Streamed, follower.Status.Read));
    }

    [Fact]
    public async Task Before_it_has_read_the_history_a_stream_tells_it_nothing()
    {
        var follower = Follow();
        await WriteAsync(2);

        Assert.False(follower.Offer(await MessageAsync(0, 2)));

        Assert.Empty(Applied(follower));
        Assert.False(follower.IsCaughtUp);
    }

    [Theory]
    [InlineData(2L, 4L)]
    [InlineData(null, 4L)]
    public async Task A_message_that_does_not_connect_is_answered_by_reading_the_log(long? previous, long last)
    {
        var follower = Follow();
        await WriteAsync(1);
        await follower.CatchUpAsync(default);
        await WriteAsync(3);

        Assert.False(follower.Offer((await MessageAsync(previous ?? 2, last)) with { Previous = previous }));
        await follower.CatchUpAsync(default);

        Assert.Equal([1, 2, 3, 4], Applied(follower));
        Assert.Equal((1, 0, 3), (follower.Status.Begun, follower.Status.Streamed, follower.Status.Read));
    }

    [Fact]
    public async Task What_comes_again_or_overlaps_is_applied_once()
    {
        var follower = Follow();
        await WriteAsync(1);
        await follower.CatchUpAsync(default);
        await WriteAsync(4);

        Assert.True(follower.Offer(await MessageAsync(1, 3)));
        Assert.True(follower.Offer(await MessageAsync(1, 3)));
        Assert.True(follower.Offer((await MessageAsync(1, 3)) with { Previous = null }));
        Assert.True(follower.Offer(await MessageAsync(2, 5)));

        Assert.Equal([1, 2, 3, 4, 5], Applied(follower));
    }

    [Fact]
    public async Task In_another_epoch_it_begins_anew()
    {
        var log = new ChangingEpoch(test.Memory);
        var follower = Follow(log);
        await WriteAsync(2);
        await follower.CatchUpAsync(default);
        var old = await MessageAsync(2, 3, write: true, log.Epoch);

        log.Now = "epoch-2";

        Assert.False(follower.Offer(old));
        await follower.CatchUpAsync(default);
        Assert.Equal([1, 2, 3], Applied(follower));
        Assert.Equal(3, follower.Status.Begun);
        Assert.True(follower.Offer(await MessageAsync(3, 4, write: true, "epoch-2")));
        Assert.Equal([1, 2, 3, 4], Applied(follower));
    }

    [Fact]
    public async Task Reading_that_is_cancelled_keeps_what_it_has_and_goes_on_from_there()
    {
        var log = new StoppingLog(test.Memory);
        var follower = Follow(log);
        await WriteAsync(3);
        using var enough = new CancellationTokenSource();
        log.After(1, enough.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => follower.CatchUpAsync(enough.Token));
        var before = Applied(follower);
        await follower.CatchUpAsync(default);

        Assert.Equal([1, 2, 3], before);
        Assert.Equal([1, 2, 3], Applied(follower));
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    /// <summary>Messages are cut at random, lost, doubled and turned round; now and then somebody sweeps.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public async Task A_stream_that_loses_doubles_and_turns_round_messages_does_no_harm(int seed)
    {
        var random = new Random(seed);
        var follower = Follow();
        long sent = 0;
        var underWay = new List<WorkspaceEvents>();
        for (var step = 0; step < 60; step++)
        {
            await WriteAsync(random.Next(1, 4));
            var head = await test.Log.HeadAsync(0, default);
            if (random.Next(3) > 0)
            {
                underWay.Add(await MessageAsync(sent, head));
                sent = head;
            }
            while (underWay.Count > random.Next(4))
            {
                var message = underWay[random.Next(underWay.Count)];
                if (random.Next(5) > 0)
                    underWay.Remove(message);
                if (random.Next(10) > 0 && !follower.Offer(message) && random.Next(2) == 0)
                    await follower.CatchUpAsync(default);
                Assert.Equal(Enumerable.Range(1, (int)follower.Position).Select(i => (long)i), Applied(follower));
            }
        }
        await follower.CatchUpAsync(default);

        var all = (await test.Log.ReadAsync(0, 0, 1_000, default)).Select(e => e.Position).ToArray();
        Assert.Equal(all, Applied(follower));
        Assert.Equal(all.Length, follower.Status.Events);
        Assert.Equal(FollowerStatus.ChecksumOf(all), follower.Status.Checksum);
    }

    [Fact]
    public async Task It_tells_how_late_events_came()
    {
        var follower = Follow();
        await follower.CatchUpAsync(default);
        await WriteAsync(1);
        time.Advance(test.Time.GetUtcNow() - time.GetUtcNow() + TimeSpan.FromMilliseconds(30));

        follower.Offer(await MessageAsync(0, 1));

        Assert.Equal((30, 30), (follower.Status.DelayP50Ms!.Value, follower.Status.DelayP99Ms!.Value));
    }

    private WorkspaceFollower<List<long>> Follow(IEventLog? log = null) =>
        new(TestHost.Workspace, log ?? test.Log, () => [], (applied, stored) => applied.Add(stored.Position), time);

    private static long[] Applied(WorkspaceFollower<List<long>> follower) => follower.Look(applied => applied.ToArray());

    private async Task WriteAsync(int events)
    {
        for (var i = 0; i < events; i++)
            await test.AcceptAsync(TestHost.Create($"pln_{Guid.NewGuid():N}"));
    }

    private async Task<WorkspaceEvents> MessageAsync(long after, long last, bool write = false, string? epoch = null)
    {
        if (write)
            await WriteAsync(1);
        var events = (await test.Log.ReadAsync(0, after, 1_000, default)).Where(e => e.Position <= last).ToArray();
        return new WorkspaceEvents(epoch ?? test.Log.Epoch, after, events);
    }

    private sealed class CountingLog(IEventLog log) : Pump.ForwardingLog(log)
    {
        public int Reads { get; private set; }

        public override ValueTask<IReadOnlyList<StoredEvent>> ReadWorkspaceAsync(WorkspaceId workspace, long afterPosition, int maxEvents, CancellationToken cancellation)
        {
            Reads++;
            return base.ReadWorkspaceAsync(workspace, afterPosition, maxEvents, cancellation);
        }
    }

    private sealed class ChangingEpoch(IEventLog log) : Pump.ForwardingLog(log)
    {
        public string Now { get; set; } = "epoch-1";

        public override string Epoch => Now;
    }

    private sealed class StoppingLog(IEventLog log) : Pump.ForwardingLog(log)
    {
        private int left = int.MaxValue;
        private Action stop = () => { };

        public void After(int pages, Action then) => (left, stop) = (pages, then);

        public override async ValueTask<IReadOnlyList<StoredEvent>> ReadWorkspaceAsync(WorkspaceId workspace, long afterPosition, int maxEvents, CancellationToken cancellation)
        {
            if (left-- == 0)
                stop();
            cancellation.ThrowIfCancellationRequested();
            return await base.ReadWorkspaceAsync(workspace, afterPosition, maxEvents, cancellation);
        }
    }
}
