using Microsoft.Extensions.Logging;
using Planning.Engine.Leases;
using Planning.Engine.Notifications;

namespace Planning.Engine.Tests.Notifications;

/// <summary>What is queued arrives, in order, whatever happens to targets and to the process.</summary>
public sealed class NotificationSenderTests : IDisposable
{
    private const int OutageBegan = 1605;
    private const int OutageEnded = 1606;

    private static readonly Delivery Done = new Delivery.Done();
    private static readonly Delivery Down = new Delivery.Failed("503");

    private readonly CancellationTokenSource stop = new();
    private readonly SendingWorld world = new();

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    [Fact]
    public async Task Each_topic_arrives_in_its_order_and_the_queue_is_empty_then()
    {
        await world.TargetAsync("tgt_1");
        await world.QueueAsync("tgt_1", "a", "a1", "a2", "a3");
        await world.QueueAsync("tgt_1", "b", "b1", "b2");
        _ = world.RunAsync(stop.Token);
        await Until.True(() => world.Accepted.Count == 5);
        await world.QueueAsync("tgt_1", "a", "a4");
        await Until.True(() => world.Accepted.Count == 6);

        Assert.Equal(["a1", "a2", "a3", "a4"], world.Accepted.Where(n => n.Topic == "a").Select(n => n.Event));
        Assert.Equal(["b1", "b2"], world.Accepted.Where(n => n.Topic == "b").Select(n => n.Event));
        await Until.True(() => world.LeftAsync().Result.Items.Length == 0);
    }

    [Fact]
    public async Task What_failed_comes_again_before_what_is_behind_it_and_other_topics_do_not_wait()
    {
        var failures = 3;
        world.Receiver = (_, n) => Task.FromResult(n.Subject == "a1" && Interlocked.Decrement(ref failures) >= 0 ? Down : Done);
        await world.TargetAsync("tgt_1");
        await world.QueueAsync("tgt_1", "a", "a1", "a2");
        await world.QueueAsync("tgt_1", "b", "b1");
        _ = world.RunAsync(stop.Token);
        await Until.True(() => world.Accepted.Any(n => n.Event == "b1"));
        Assert.DoesNotContain(world.Accepted, n => n.Topic == "a");

        await world.PassUntilAsync(() => world.Accepted.Count == 3, TimeSpan.FromMinutes(1));

        Assert.Equal(["a1", "a2"], world.Accepted.Where(n => n.Topic == "a").Select(n => n.Event));
    }

    [Fact]
    public async Task A_crash_between_acceptance_and_commit_sends_it_again_under_its_id_and_loses_nothing()
    {
        await world.TargetAsync("tgt_1");
        await world.QueueAsync("tgt_1", "a", "a1", "a2");
        // The receiver has it; before that is stored, this process is as good as dead: another holds the lease.
        world.Receiver = async (_, _) =>
        {
            await world.Store.DueTargetsAsync(world.Time.GetUtcNow(), leaseEpoch: 2, default);
            return Done;
        };
        await Assert.ThrowsAsync<LeaseLostException>(() => world.RunAsync(stop.Token));
        var before = world.Accepted.ToArray();
        Assert.NotEmpty(before);

        _ = world.RunAsync(stop.Token, epoch: 2);
        await Until.True(() => world.Accepted.Count == before.Length + 2);

        Assert.Equal(["a1", "a2"], world.Accepted.Skip(before.Length).Select(n => n.Event));
        Assert.Equal(2, world.Accepted.Select(n => n.Id).Distinct().Count());
        await Until.True(() => world.LeftAsync().Result.Items.Length == 0);
    }

    [Fact]
    public async Task An_outage_of_an_hour_loses_nothing_and_raises_one_alert()
    {
        var down = true;
        world.Receiver = (_, _) => Task.FromResult(down ? Down : Done);
        await world.TargetAsync("tgt_1");
        _ = world.RunAsync(stop.Token);
        for (var minute = 0; minute < 60; minute++)
        {
            await world.QueueAsync("tgt_1", $"topic {minute % 7}", $"evt {minute:00}");
            await world.PassAsync(TimeSpan.FromMinutes(1));
        }
        Assert.Equal("503", (await world.OutageAsync("tgt_1"))!.LastError);
        Assert.Empty(world.Accepted);
        // It is tried whether it is back, and otherwise left alone.
        Assert.InRange(world.Tries, 60, 160);
        Assert.Equal([(LogLevel.Error, OutageBegan)], world.Logged);

        down = false;
        await world.PassUntilAsync(() => world.Accepted.Count == 60, TimeSpan.FromMinutes(5));

        Assert.Equal(60, world.Accepted.Select(n => n.Id).Distinct().Count());
        Assert.All(world.Accepted.GroupBy(n => n.Topic), topic => Assert.Equal(topic.Select(n => n.Event).Order(StringComparer.Ordinal), topic.Select(n => n.Event)));
        await Until.True(() => world.Count(OutageEnded) == 1);
        Assert.Equal(1, world.Count(OutageBegan));
        Assert.Null(await world.OutageAsync("tgt_1"));
    }

    [Fact]
    public async Task Who_takes_over_in_an_outage_raises_no_second_alert()
    {
        world.Receiver = (_, _) => Task.FromResult(Down);
        await world.TargetAsync("tgt_1");
        await world.QueueAsync("tgt_1", "a", "a1");
        using var first = new CancellationTokenSource();
        var running = world.RunAsync(first.Token);
        await world.PassUntilAsync(() => world.Count(OutageBegan) == 1, TimeSpan.FromMinutes(2));
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        _ = world.RunAsync(stop.Token, epoch: 2);
        var tries = world.Tries;
        await world.PassUntilAsync(() => world.Tries > tries + 6, TimeSpan.FromMinutes(30));

        Assert.Equal(1, world.Count(OutageBegan));
    }

    [Fact]
    public async Task What_a_receiver_refuses_is_parked_at_once_and_the_next_of_its_topic_goes()
    {
        world.Receiver = (_, n) => Task.FromResult(n.Subject == "a1" ? new Delivery.Refused("too odd\0") : Done);
        await world.TargetAsync("tgt_1");
        await world.QueueAsync("tgt_1", "a", "a1", "a2");
        _ = world.RunAsync(stop.Token);
        await Until.True(() => world.Accepted.Count == 1);
        await Until.True(() => world.LeftAsync().Result.Items.Length == 1);

        var parked = Assert.Single((await world.LeftAsync()).Items);
        Assert.Equal((DeliveryStatus.Parked, "a1", "too odd "), (parked.Status, parked.EventId, parked.LastError));
    }

    [Fact]
    public async Task A_message_that_alone_fails_again_and_again_is_parked_and_raises_no_alert()
    {
        world.Receiver = (_, n) => Task.FromResult(n.Subject == "poison" ? Down : Done);
        await world.TargetAsync("tgt_1");
        await world.QueueAsync("tgt_1", "b", [.. Enumerable.Range(0, 10).Select(i => $"early {i}")]);
        _ = world.RunAsync(stop.Token);
        await Until.True(() => world.Accepted.Count == 10);
        await world.QueueAsync("tgt_1", "a", "poison", "a2");
        for (var i = 0; world.Accepted.All(n => n.Event != "a2"); i++)
        {
            Assert.True(i < 1_000);
            await world.QueueAsync("tgt_1", "b", $"b{i}", $"b{i}'", $"b{i}''");
            await world.PassAsync(TimeSpan.FromSeconds(2));
        }

        var parked = Assert.Single((await world.LeftAsync()).Items, n => n.Status == DeliveryStatus.Parked);
        Assert.Equal(("poison", new NotificationOptions().MaxAttempts), (parked.EventId, parked.Attempts));
        Assert.Equal(0, world.Count(OutageBegan));
    }

    [Fact]
    public async Task A_poison_message_that_opened_the_circuit_does_not_keep_it_open_for_others()
    {
        world.Receiver = (_, n) => Task.FromResult(n.Subject == "poison" ? Down : Done);
        await world.TargetAsync("tgt_1");
        await world.QueueAsync("tgt_1", "a", "poison");
        _ = world.RunAsync(stop.Token);
        await world.PassUntilAsync(() => world.Count(OutageBegan) == 1, TimeSpan.FromMinutes(2));

        await world.QueueAsync("tgt_1", "b", "b1");
        await world.PassUntilAsync(() => world.Accepted.Count == 1, TimeSpan.FromMinutes(2));

        await Until.True(() => world.Count(OutageEnded) == 1);
    }

    [Fact]
    public async Task A_target_that_never_answers_delays_no_other()
    {
        var never = new TaskCompletionSource<Delivery>();
        world.Hangs = true;
        world.Receiver = (target, _) => target.Id == "tgt_dead" ? never.Task : Task.FromResult(Done);
        await world.TargetAsync("tgt_dead", "tgt_1", "tgt_2");
        for (var i = 0; i < 300; i++)
        {
            await world.QueueAsync("tgt_dead", $"topic {i}", $"dead {i}");
            await world.QueueAsync("tgt_1", $"topic {i % 20}", $"one {i}");
            await world.QueueAsync("tgt_2", $"topic {i % 20}", $"two {i}");
        }
        _ = world.RunAsync(stop.Token);

        // The clock does not move: nothing of this waits for a time-out of the dead one.
        await Until.True(() => world.Accepted.Count == 600);
        Assert.InRange(world.Tries, 600, 600 + world.Options.MaxConcurrentPerTarget);
        // A minute would do; but who never answers cannot be waited for between two steps of the clock, and a busy machine is slow.
        await world.PassUntilAsync(() => world.Count(OutageBegan) == 1, TimeSpan.FromHours(3));
        Assert.Equal("It has not answered within 10 s.", (await world.OutageAsync("tgt_dead"))!.LastError);
    }

    [Fact]
    public async Task A_receiver_that_asks_for_a_pause_is_left_alone_for_as_long()
    {
        var asked = true;
        world.Receiver = (_, _) => Task.FromResult(asked ? new Delivery.Failed("429", TimeSpan.FromMinutes(2)) : Done);
        await world.TargetAsync("tgt_1");
        await world.QueueAsync("tgt_1", "a", "a1");
        _ = world.RunAsync(stop.Token);
        await Until.True(() => world.Tries == 1);
        asked = false;
        await world.QueueAsync("tgt_1", "b", "b1");
        await world.PassAsync(TimeSpan.FromSeconds(110));
        Assert.Equal(1, world.Tries);

        await world.PassUntilAsync(() => world.Accepted.Count == 2, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Whoever_is_told_to_stop_first_stores_what_is_under_way()
    {
        var (arrived, answer) = (new TaskCompletionSource(), new TaskCompletionSource<Delivery>());
        world.Receiver = (_, _) =>
        {
            arrived.TrySetResult();
            return answer.Task;
        };
        await world.TargetAsync("tgt_1");
        await world.QueueAsync("tgt_1", "a", "a1", "a2");
        var running = world.RunAsync(stop.Token);
        await arrived.Task;
        await stop.CancelAsync();
        answer.SetResult(Done);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal("a2", Assert.Single((await world.LeftAsync()).Items).EventId);
    }
}
