using Microsoft.Extensions.Logging.Abstractions;
using Planning.Domain.Refreshes;
using Planning.Engine.InMemory;
using Planning.Engine.Pump;
using Planning.Engine.Reactors;
using Planning.Testing;
using Planning.Trackers.Tests.Fakes;
using Planning.Trackers.Tests.Support;

namespace Planning.Trackers.Tests.Stories;

/// <summary>A tracker that is away, behind the real consumer: nothing is lost, and what comes late does not undo what came later.</summary>
public sealed class OutageTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task What_happened_during_an_outage_is_shown_after_it_as_it_is_by_then()
    {
        var time = new FakeTime();
        var fake = new FakeJira(time, TrackerKind.JiraCloud);
        await fake.StartAsync();
        await using var world = await new World(time, fake).BeginAsync();
        var (positions, timers) = (new InMemoryConsumerPositions(), new InMemoryTimerStore());
        var parking = new Parking(positions, timers, world.Log, _ => world.Reactor, time, NullLogger<Parking>.Instance);
        using var consumer = new ReactorConsumer(
            world.Reactor, positions, parking, new ReactorOptions { MaxAttempts = 2, Backoff = TimeSpan.FromMilliseconds(1) }, TimeProvider.System, NullLogger<ReactorConsumer>.Instance);
        await consumer.PositionAsync(0, default);

        fake.IsDown = true;
        await world.RequestAsync();
        await world.CommandAsync(new RefreshCommand.Move(new(time.GetUtcNow().AddDays(5), time.GetUtcNow().AddDays(5).AddHours(1))));
        var events = await world.Log.ReadAsync(0, 0, int.MaxValue, default);
        await consumer.HandleAsync(new EventBatch(0, 0, events, 1), default);
        await UntilAsync(async () => await positions.LoadAsync(world.Reactor.Name, 0, default) == events[^1].Position);
        Assert.Equal(2, positions.Parked.Count);
        Assert.Contains("503", positions.Parked.Values.First(), StringComparison.Ordinal);

        fake.IsDown = false;
        time.Advance(Parking.Retries[0]);
        foreach (var timer in await timers.ClaimDueAsync(time.GetUtcNow(), 10, TimeSpan.FromMinutes(1), 1, default))
            await parking.FireAsync(timer, default);

        Assert.Empty(positions.Parked);
        Assert.Contains("2026-01-10", Assert.Single(fake.Items).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_listens_there_and_it_is_tried_again()
    {
        var time = new FakeTime();
        var fake = new FakeServiceNow(time);
        await fake.StartAsync();
        var options = fake.Options;
        await using var world = await new World(time, fake, options with { BaseAddress = new Uri("http://127.0.0.1:9") }).BeginAsync();
        await world.RequestAsync();

        var failed = await Assert.ThrowsAsync<ReactionFailedException>(world.CatchUpAsync);
        var again = await Assert.ThrowsAsync<ReactionFailedException>(world.CatchUpAsync);

        // Nothing was sent, so nobody needs to wait for what might have been made.
        Assert.All([failed, again], e => Assert.Contains("cannot be reached", e.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_token_says_where_to_look()
    {
        var time = new FakeTime();
        var fake = new FakeServiceNow(time);
        await fake.StartAsync();
        await using var world = await new World(time, fake, fake.Options with { Token = "wrong" }).BeginAsync();
        await world.RequestAsync();

        var failed = await Assert.ThrowsAsync<ReactionFailedException>(world.CatchUpAsync);

        Assert.Contains("401. Look at the account's token and rights.", failed.Message, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
