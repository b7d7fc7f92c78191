using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Engine.InMemory;
using Planning.Engine.Leases;
using Planning.Engine.Log;
using Planning.Engine.Pump;
using Planning.Engine.Reactors;
using Planning.Engine.Timers;
using Planning.Testing;

namespace Planning.Engine.Tests.Reactors;

public class ReactorConsumerTests
{
    private readonly TestHost test = new();
    private readonly InMemoryConsumerPositions positions = new();
    private readonly InMemoryTimerStore timers = new();
    private readonly FakeTime time = new();

    private Parking ParkingFor(IReactor reactor) => new(positions, timers, test.Log, _ => reactor, time, NullLogger<Parking>.Instance);

    private ReactorConsumer Consumer(IReactor reactor) => new(
        reactor, positions, ParkingFor(reactor), new ReactorOptions { MaxAttempts = 2, Backoff = TimeSpan.FromMilliseconds(1) }, TimeProvider.System, NullLogger<ReactorConsumer>.Instance);

    private async Task<EventBatch> BatchAsync(int count, long leaseEpoch = 1)
    {
        for (var i = 1; i <= count; i++)
            await test.AcceptAsync(TestHost.Create($"pln_{i}"));
        return new EventBatch(0, 0, await test.Log.ReadAsync(0, 0, count, default), leaseEpoch);
    }

    private long Stored => positions.LoadAsync("gated", 0, default).AsTask().Result;

    [Fact]
    public async Task A_slow_reaction_holds_the_position_and_not_its_neighbours()
    {
        var reactor = new Gated();
        using var consumer = Consumer(reactor);
        await consumer.PositionAsync(0, default);
        await consumer.HandleAsync(await BatchAsync(3), default);
        reactor.Release(2);
        reactor.Release(3);
        await Until.True(() => reactor.Done.Count == 2);
        Assert.Equal(0, Stored);
        reactor.Release(1);
        await Until.True(() => Stored == 3);
    }

    [Fact]
    public async Task After_a_crash_what_was_under_way_is_done_again_and_nothing_is_skipped()
    {
        var before = new Gated();
        using var crashed = Consumer(before);
        await crashed.PositionAsync(0, default);
        var batch = await BatchAsync(3);
        await crashed.HandleAsync(batch, default);
        before.Release(1);
        before.Release(3);
        await Until.True(() => Stored == 1 && before.Done.Count == 2);

        var after = new Gated();
        using var restarted = Consumer(after);
        Assert.Equal(1, await restarted.PositionAsync(0, default));
        await restarted.HandleAsync(new EventBatch(0, 1, [.. batch.Events.Skip(1)], 2), default);
        after.Release(2);
        after.Release(3);
        await Until.True(() => Stored == 3);
    }

    [Fact]
    public async Task Events_of_no_concern_only_move_the_position()
    {
        var reactor = new Gated { Types = new HashSet<string> { "CYCLE_CLOSED" } };
        using var consumer = new ReactorConsumer(
            reactor, positions, ParkingFor(reactor), new ReactorOptions { IdleStoreInterval = TimeSpan.Zero }, TimeProvider.System, NullLogger<ReactorConsumer>.Instance);
        await consumer.PositionAsync(0, default);
        await consumer.HandleAsync(await BatchAsync(3), default);
        Assert.Equal(3, Stored);
    }

    [Fact]
    public async Task A_holder_of_an_older_lease_can_move_nothing()
    {
        await positions.AdvanceAsync("gated", 0, 0, 0, leaseEpoch: 7, default);
        var reactor = new Gated { Types = new HashSet<string> { "CYCLE_CLOSED" } };
        using var frozen = new ReactorConsumer(
            reactor, positions, ParkingFor(reactor), new ReactorOptions { IdleStoreInterval = TimeSpan.Zero }, TimeProvider.System, NullLogger<ReactorConsumer>.Instance);
        await frozen.PositionAsync(0, default);
        await Assert.ThrowsAsync<LeaseLostException>(async () => await frozen.HandleAsync(await BatchAsync(1, leaseEpoch: 6), default));
    }

    [Fact]
    public async Task A_poison_event_is_parked_with_its_reason_and_tried_again_on_a_timer()
    {
        var reactor = new Gated { FailuresLeft = 3 };
        using var consumer = Consumer(reactor);
        await consumer.PositionAsync(0, default);
        reactor.Release(1);
        await consumer.HandleAsync(await BatchAsync(1), default);
        await Until.True(() => Stored == 1);
        Assert.Equal("no", Assert.Single(positions.Parked).Value);

        var parking = ParkingFor(reactor);
        async Task FireDueAsync()
        {
            foreach (var timer in await timers.ClaimDueAsync(time.GetUtcNow(), 10, TimeSpan.FromMinutes(1), 1, default))
            {
                await parking.FireAsync(timer, default);
                await timers.CompleteAsync([timer], default);
            }
        }
        await FireDueAsync();
        Assert.Single(positions.Parked);
        time.Advance(Parking.Retries[0]);
        await FireDueAsync();
        Assert.Single(positions.Parked);
        time.Advance(Parking.Retries[1]);
        await FireDueAsync();
        Assert.Empty(positions.Parked);
        Assert.Equal([1], reactor.Done);
    }

    /// <summary>Reacts to an event when the test says so.</summary>
    private sealed class Gated : IReactor
    {
        private readonly ConcurrentDictionary<long, TaskCompletionSource> gates = new();

        public string Name => "gated";
        public IReadOnlySet<string> Types { get; init; } = new HashSet<string> { "PLAN_CREATED" };
        public int FailuresLeft { get; set; }
        public ConcurrentQueue<long> Done { get; } = new();

        public void Release(long position) => Gate(position).TrySetResult();

        public async Task ReactAsync(StoredEvent happened, CancellationToken cancellation)
        {
            await Gate(happened.Position).Task.WaitAsync(cancellation);
            if (FailuresLeft-- > 0)
                throw new ReactionFailedException("no");
            Done.Enqueue(happened.Position);
        }

        private TaskCompletionSource Gate(long position) =>
            gates.GetOrAdd(position, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
