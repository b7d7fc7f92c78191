using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.Entities;
using Planning.Engine.InMemory;
using Planning.Engine.Notifications;
using Planning.Engine.Pump;
using Planning.Engine.Reads;

namespace Planning.Engine.Tests.Notifications;

/// <summary>Events become notifications for those who have asked for them and may see them.</summary>
public sealed class NotificationConsumerTests
{
    private static readonly Actor Olga = new(new PersonId("per_olga"), ActorKind.Person, [Role.ReleaseManager, Role.Planner]) { Groups = ["platform"] };
    private static readonly (EnvironmentTreeId Tree, EnvironmentId Root) Staging = EnvironmentIds.NewTree("t1");
    private static readonly EnvironmentId Qa = EnvironmentIds.NewEnvironment(Staging.Tree, "qa");
    private static readonly BookingId Booking = EnvironmentIds.NewBooking(Staging.Tree, "b1");

    private readonly TestHost host = new();
    private readonly InMemoryNotificationStore store = new();
    private readonly InMemoryConsumerPositions parked = new();
    private int commands;

    [Fact]
    public async Task Bookings_are_told_with_the_environment_that_they_take_and_when()
    {
        await SubscribeAsync("tgt_1", "payments", ["BOOKING_*"]);
        await PlayAsync();
        await FeedAsync();

        var told = (await DeliveriesAsync()).Reverse().ToArray();
        Assert.Equal(["BOOKING_MADE", "BOOKING_MOVED", "BOOKING_CANCELLED"], told.Select(t => t.Notification.EventType));
        Assert.Equal(
            ["QA was booked from 2026-01-06 08:00 to 2026-01-06 09:00 UTC, exclusive", "QA is booked from 2026-01-06 10:00 to 2026-01-06 11:00 UTC now, not from 2026-01-06 08:00 to 2026-01-06 09:00 UTC",
                "QA is free again from 2026-01-06 10:00 to 2026-01-06 11:00 UTC"],
            told.Select(t => t.Notification.Subject));
        Assert.All(told, t => Assert.Equal(Qa.Value, t.Notification.Topic));
        var payload = JsonDocument.Parse(told[1].Notification.Payload).RootElement;
        Assert.Equal((1, told[1].Id, "QA"), (payload.GetProperty("version").GetInt32(), payload.GetProperty("message_id").GetString(), payload.GetProperty("environment").GetProperty("name").GetString()));
        Assert.Equal(Booking.Value, payload.GetProperty("details").GetProperty("booking_id").GetString());
    }

    [Fact]
    public async Task A_group_is_told_what_it_may_see_and_nothing_else()
    {
        await SubscribeAsync("tgt_owner", "platform", ["*"]);
        await SubscribeAsync("tgt_user", "payments", ["*"]);
        await SubscribeAsync("tgt_other", "mobile", ["*"]);
        await PlayAsync();
        await FeedAsync();

        // Staging itself is of the platform alone; payments use QA.
        var told = (await DeliveriesAsync()).ToLookup(t => t.TargetId, t => t.Notification.Topic);
        Assert.Equal(new[] { Staging.Root.Value, Qa.Value }.Order(StringComparer.Ordinal), told["tgt_owner"].Distinct().Order(StringComparer.Ordinal));
        Assert.Equal([Qa.Value], told["tgt_user"].Distinct());
        Assert.Empty(told["tgt_other"]);
    }

    [Fact]
    public async Task Conditions_narrow_and_two_subscriptions_tell_one_target_once()
    {
        await SubscribeAsync("tgt_1", "platform", ["BOOKING_MADE"], environments: [Staging.Root]);
        await SubscribeAsync("tgt_1", "platform", ["BOOKING_*"], groups: ["payments"]);
        await SubscribeAsync("tgt_2", "platform", ["BOOKING_*"], groups: ["mobile"]);
        await SubscribeAsync("tgt_3", "platform", ["BOOKING_*"], environments: [new EnvironmentId("env_t9")]);
        await SubscribeAsync("tgt_4", "platform", ["BOOKING_MADE"], createdAfter: TimeSpan.FromDays(1));
        await PlayAsync();
        await FeedAsync();

        Assert.Equal(["tgt_1", "tgt_1", "tgt_1"], (await DeliveriesAsync()).Select(t => t.TargetId));
    }

    [Fact]
    public async Task A_batch_that_comes_again_after_a_crash_queues_nothing_twice_and_none_is_left_out()
    {
        await SubscribeAsync("tgt_1", "payments", ["BOOKING_*"]);
        await PlayAsync();
        await FeedAsync(most: 1);
        var once = (await DeliveriesAsync()).Select(t => t.Id).ToArray();
        await FeedAsync(most: 2);

        Assert.Equal(3, once.Length);
        Assert.Equal(once, (await DeliveriesAsync()).Select(t => t.Id));
        Assert.Equal(await host.Log.HeadAsync(0, default), await store.PositionAsync(0, default));
    }

    [Fact]
    public async Task An_event_that_cannot_be_told_is_parked_and_the_next_is_told()
    {
        await SubscribeAsync("tgt_1", "payments", ["BOOKING_*"]);
        await PlayAsync();
        var events = (await host.Log.ReadAsync(0, 0, 100, default)).Select(e => e.Type == "BOOKING_MADE" ? e with { Data = "[]"u8.ToArray() } : e).ToArray();
        var consumer = Consumer();
        await consumer.PositionAsync(0, default);
        await consumer.HandleAsync(new EventBatch(0, 0, events, 1), default);

        Assert.Single(parked.Parked);
        Assert.Equal(2, (await DeliveriesAsync()).Length);
    }

    private NotificationConsumer Consumer() => new(
        store, host.Log, host.Host, parked, new NotificationOptions(), new WakeUp(host.Time), host.Time, NullLogger<NotificationConsumer>.Instance);

    /// <summary>A new consumer goes on from the stored position.</summary>
    private async Task FeedAsync(int most = 100)
    {
        var consumer = Consumer();
        var position = await consumer.PositionAsync(0, default);
        while (await host.Log.ReadAsync(0, position, most, default) is { Count: > 0 } events)
        {
            // So that what concerns nobody is stored, too.
            host.Time.Advance(TimeSpan.FromSeconds(1));
            var batch = new EventBatch(0, position, events, 1);
            await consumer.HandleAsync(batch, default);
            position = batch.Last;
        }
    }

    private async Task PlayAsync()
    {
        await SendAsync(new EnvironmentCommand.Register(Staging.Tree, Staging.Root, "Staging", null, "platform", [], "UTC", []));
        await SendAsync(new EnvironmentCommand.Register(Staging.Tree, Qa, "QA", Staging.Root, "platform", ["payments"], "UTC", []));
        var day = new DateTimeOffset(2026, 1, 6, 8, 0, 0, TimeSpan.Zero);
        await SendAsync(new EnvironmentCommand.Book(Booking, Qa, BookingMode.Exclusive, new TimeWindow(day, day.AddHours(1))));
        await SendAsync(new EnvironmentCommand.MoveBooking(Booking, new TimeWindow(day.AddHours(2), day.AddHours(3))));
        await SendAsync(new EnvironmentCommand.CancelBooking(Booking, "done"));
    }

    private Task SendAsync(EnvironmentCommand command) =>
        host.AcceptAsync(new CommandRequest(EntityKey.Of(TestHost.Workspace, Staging.Tree), command, Olga, $"cmd_{++commands}"));

    private async Task SubscribeAsync(
        string target, string group, string[] events, EnvironmentId[]? environments = null, string[]? groups = null, TimeSpan createdAfter = default)
    {
        var (by, at) = (new PersonId("per_1"), host.Time.GetUtcNow() + createdAfter);
        if ((await store.ListTargetsAsync(All, default)).All(t => t.Id != target))
            await store.AddTargetAsync(new NotificationTarget(TestHost.Workspace, target, group, target, ChannelKind.Email, "team@example.org", null, by, at), default);
        Assert.True(await store.AddSubscriptionAsync(
            new NotificationSubscription(TestHost.Workspace, Ids.New("sub_"), target, group, events, environments ?? [], groups ?? [], by, at), default));
    }

    private static Viewer All => new(TestHost.Workspace, new PersonId("per_admin"), [], SeesAll: true);

    private async Task<ImmutableArray<QueuedNotification>> DeliveriesAsync() => (await store.ListDeliveriesAsync(All, new DeliveryFilter(), new PageRequest(null, 200), default)).Items;
}
