using Microsoft.Extensions.Logging.Abstractions;
using Planning.Conformance.Harness;
using Planning.Domain;
using Planning.Engine.InMemory;
using Planning.Engine.Leases;
using Planning.Engine.Log;
using Planning.Engine.Notifications;
using Planning.Engine.Pump;
using Planning.Engine.Reads;
using Planning.Postgres.Notifications;
using Xunit;

namespace Planning.Conformance.Stores;

/// <summary>What every store of notifications must do.</summary>
public abstract class NotificationStoreSuite : StoreSuite<INotificationStore>
{
    private static readonly PersonId Ada = new("per_ada");
    private static readonly Viewer Payments = new(Sample.Workspace, Ada, ["payments"], SeesAll: false);
    private static readonly Viewer Platform = Payments with { Groups = ["platform"] };
    private static readonly Viewer Admin = Payments with { Groups = [], SeesAll = true };

    [Fact]
    public async Task Targets_are_seen_by_their_group_and_by_who_sees_all()
    {
        var target = Target("tgt_1", "payments") with { Kind = ChannelKind.Webhook, Address = "https://hooks.example.org/x", Secret = "s3cret" };
        await Store.AddTargetAsync(target, default);
        await Store.AddTargetAsync(Target("tgt_2", "platform"), default);

        Assert.Equal(target, Assert.Single(await Store.ListTargetsAsync(Payments, default)));
        Assert.Equal("tgt_2", Assert.Single(await Store.ListTargetsAsync(Platform, default)).Id);
        Assert.Equal(["tgt_1", "tgt_2"], (await Store.ListTargetsAsync(Admin, default)).Select(t => t.Id));
        Assert.Empty(await Store.ListTargetsAsync(Admin with { Workspace = Sample.OtherWorkspace }, default));
        Assert.False(await Store.RemoveTargetAsync(Platform, "tgt_1", default));
        Assert.True(await Store.RemoveTargetAsync(Payments, "tgt_1", default));
        Assert.False(await Store.RemoveTargetAsync(Payments, "tgt_1", default));
    }

    [Fact]
    public async Task Subscriptions_belong_to_the_group_of_their_target_and_go_with_it()
    {
        await Store.AddTargetAsync(Target("tgt_1", "payments"), default);
        var subscription = Subscription("sub_1", "tgt_1");

        Assert.True(await Store.AddSubscriptionAsync(subscription, default));
        Assert.False(await Store.AddSubscriptionAsync(Subscription("sub_2", "tgt_gone"), default));

        var listed = Assert.Single(await Store.ListSubscriptionsAsync(Payments, default));
        Assert.Equivalent(subscription, listed, strict: true);
        Assert.Empty(await Store.ListSubscriptionsAsync(Platform, default));
        Assert.Equivalent(listed, Assert.Single(await Store.SubscriptionsAsync([Sample.Workspace, Sample.OtherWorkspace], default)));
        Assert.Empty(await Store.SubscriptionsAsync([Sample.OtherWorkspace], default));
        Assert.False(await Store.RemoveSubscriptionAsync(Platform, "sub_1", default));
        Assert.True(await Store.RemoveSubscriptionAsync(Payments, "sub_1", default));

        await Store.AddSubscriptionAsync(subscription, default);
        await Store.RemoveTargetAsync(Payments, "tgt_1", default);
        Assert.Empty(await Store.ListSubscriptionsAsync(Admin, default));
    }

    [Fact]
    public async Task What_a_batch_tells_is_queued_with_its_position_or_not_at_all()
    {
        await StartAsync("tgt_1");
        var row = Queued("tgt_1", 3, "env_a");

        await Store.QueueAsync(Batch(0, 3), [row, Queued("tgt_gone", 3, "env_a")], default);
        await Assert.ThrowsAsync<LeaseLostException>(async () => await Store.QueueAsync(Batch(0, 4), [Queued("tgt_1", 4, "env_a")], default));
        await Assert.ThrowsAsync<LeaseLostException>(async () => await Store.QueueAsync(Batch(3, 4) with { LeaseEpoch = 0 }, [Queued("tgt_1", 4, "env_a")], default));

        Assert.Equal(3, await Store.PositionAsync(0, default));
        var waiting = Assert.Single(await DueAsync("tgt_1", Sample.Noon));
        Assert.Equal(row with { Notification = waiting.Notification }, waiting);
        Assert.Equal(row.Notification with { Payload = waiting.Notification.Payload }, waiting.Notification);
        Assert.Equal(row.Notification.Payload.Text(), waiting.Notification.Payload.Text());
    }

    [Fact]
    public async Task A_topic_whose_next_is_not_due_gives_nothing_and_holds_up_no_other()
    {
        await StartAsync("tgt_1", "tgt_2");
        await Store.QueueAsync(
            Batch(0, 5),
            [
                Queued("tgt_1", 1, "env_a") with { DueAt = Sample.Noon.AddMinutes(1) }, Queued("tgt_1", 2, "env_b"), Queued("tgt_1", 3, "env_a"),
                Queued("tgt_1", 4, "env_b"), Queued("tgt_2", 5, "env_a"),
            ],
            default);

        Assert.Equal([2, 4], (await DueAsync("tgt_1", Sample.Noon)).Select(n => n.Position));
        Assert.Equal([2], (await DueAsync("tgt_1", Sample.Noon, max: 1)).Select(n => n.Position));
        Assert.Equal([1, 2, 3, 4], (await DueAsync("tgt_1", Sample.Noon.AddMinutes(1))).Select(n => n.Position));
        Assert.Equal(["tgt_1", "tgt_2"], (await Store.DueTargetsAsync(Sample.Noon, 1, default)).Select(t => t.Id).Order(StringComparer.Ordinal));
        Assert.Empty(await Store.DueTargetsAsync(Sample.Noon.AddSeconds(-1), 1, default));
    }

    [Fact]
    public async Task Delivered_leaves_failed_waits_and_parked_lets_the_next_of_its_topic_go()
    {
        await StartAsync("tgt_1");
        var (delivered, failed, refused, next) = (Queued("tgt_1", 1, "env_a"), Queued("tgt_1", 2, "env_b"), Queued("tgt_1", 3, "env_c"), Queued("tgt_1", 4, "env_c"));
        await Store.QueueAsync(Batch(0, 4), [delivered, failed, refused, next], default);

        await Store.SettleAsync(
            [
                new Settlement(Sample.Workspace, delivered.Id, null),
                new Settlement(Sample.Workspace, failed.Id, failed with { DueAt = Sample.Noon.AddSeconds(2), Attempts = 1, FailingSince = Sample.Noon, LastError = "503" }),
                new Settlement(Sample.Workspace, refused.Id, refused with { Status = DeliveryStatus.Parked, Attempts = 1, FailingSince = Sample.Noon, LastError = "410" }),
            ],
            1, default);

        Assert.Equal([4], (await DueAsync("tgt_1", Sample.Noon)).Select(n => n.Position));
        var again = (await DueAsync("tgt_1", Sample.Noon.AddSeconds(2)))[0];
        Assert.Equal((failed.Id, 1, Sample.Noon, "503"), (again.Id, again.Attempts, again.FailingSince, again.LastError));
        Assert.Equal([refused.Id], (await ListAsync(Payments, new DeliveryFilter(DeliveryStatus.Parked))).Items.Select(d => d.Id));
        Assert.Equal([next.Id, refused.Id, failed.Id], (await ListAsync(Payments, new DeliveryFilter(TargetId: "tgt_1"))).Items.Select(d => d.Id));
    }

    [Fact]
    public async Task A_frozen_lease_holder_sends_nothing_and_settles_nothing()
    {
        await StartAsync("tgt_1");
        var row = Queued("tgt_1", 1, "env_a");
        await Store.QueueAsync(Batch(0, 1), [row], default);
        await LeaseEpochIsAsync(2);
        Assert.Single(await DueAsync("tgt_1", Sample.Noon, epoch: 2));

        var target = Target("tgt_1", "payments");
        await Assert.ThrowsAsync<LeaseLostException>(async () => await DueAsync("tgt_1", Sample.Noon, epoch: 1));
        await Assert.ThrowsAsync<LeaseLostException>(async () => await Store.DueTargetsAsync(Sample.Noon, 1, default));
        await Assert.ThrowsAsync<LeaseLostException>(async () => await Store.SettleAsync([new Settlement(Sample.Workspace, row.Id, null)], 1, default));
        await Assert.ThrowsAsync<LeaseLostException>(async () => await Store.BeginOutageAsync(target, new Outage(Sample.Noon, "down"), 1, default));
        await Assert.ThrowsAsync<LeaseLostException>(async () => await Store.EndOutageAsync(target, 1, default));

        Assert.Equal(row.Id, Assert.Single(await DueAsync("tgt_1", Sample.Noon, epoch: 2)).Id);
        Assert.Null(Assert.Single(await Store.ListTargetsAsync(Payments, default)).Outage);
    }

    [Fact]
    public async Task An_outage_begins_once_and_ends_once()
    {
        await StartAsync("tgt_1");
        var target = Target("tgt_1", "payments");

        Assert.Null(await Store.EndOutageAsync(target, 1, default));
        Assert.True(await Store.BeginOutageAsync(target, new Outage(Sample.Noon, "refused"), 1, default));
        Assert.False(await Store.BeginOutageAsync(target, new Outage(Sample.Noon.AddMinutes(5), "timed out"), 1, default));

        Assert.Equal(new Outage(Sample.Noon, "timed out"), Assert.Single(await Store.ListTargetsAsync(Payments, default)).Outage);
        Assert.Equal(new Outage(Sample.Noon, "timed out"), await Store.EndOutageAsync(target, 1, default));
        Assert.Null(await Store.EndOutageAsync(target, 1, default));
        Assert.False(await Store.BeginOutageAsync(Target("tgt_gone", "payments"), new Outage(Sample.Noon, "refused"), 1, default));
    }

    [Fact]
    public async Task A_group_retries_and_drops_what_is_its_own()
    {
        await StartAsync("tgt_1");
        var (one, two) = (Queued("tgt_1", 1, "env_a"), Queued("tgt_1", 2, "env_a"));
        await Store.QueueAsync(Batch(0, 2), [one, two], default);
        await Store.SettleAsync([new Settlement(Sample.Workspace, one.Id, one with { Status = DeliveryStatus.Parked, Attempts = 9, FailingSince = Sample.Noon, LastError = "410" })], 1, default);

        Assert.False(await Store.RetryAsync(Platform, one.Id, Sample.Noon, default));
        Assert.False(await Store.DropAsync(Platform, two.Id, default));
        Assert.True(await Store.RetryAsync(Payments, one.Id, Sample.Noon.AddHours(1), default));
        Assert.True(await Store.DropAsync(Payments, two.Id, default));
        Assert.False(await Store.DropAsync(Payments, two.Id, default));

        var left = Assert.Single(await DueAsync("tgt_1", Sample.Noon.AddHours(1)));
        Assert.Equal((one.Id, DeliveryStatus.Waiting, 0, (DateTimeOffset?)null, "410"), (left.Id, left.Status, left.Attempts, left.FailingSince, left.LastError));
        // What was dropped while it was under way stays dropped.
        await Store.SettleAsync([new Settlement(Sample.Workspace, two.Id, two)], 1, default);
        Assert.Single((await ListAsync(Payments, new DeliveryFilter())).Items);
        await Store.RemoveTargetAsync(Payments, "tgt_1", default);
        Assert.Empty((await ListAsync(Admin, new DeliveryFilter())).Items);
    }

    [Fact]
    public async Task Deliveries_are_paged_newest_first_and_seen_by_their_group()
    {
        await StartAsync("tgt_1");
        await Store.QueueAsync(Batch(0, 5), [.. Enumerable.Range(1, 5).Select(i => Queued("tgt_1", i, "env_a"))], default);

        var first = await Store.ListDeliveriesAsync(Payments, new DeliveryFilter(), new PageRequest(null, 3), default);
        var second = await Store.ListDeliveriesAsync(Payments, new DeliveryFilter(), new PageRequest(first.Next, 3), default);

        Assert.Equal([5, 4, 3, 2, 1], first.Items.Concat(second.Items).Select(d => (int)d.Position));
        Assert.Null(second.Next);
        Assert.Empty((await ListAsync(Platform, new DeliveryFilter())).Items);
        Assert.Empty((await ListAsync(Admin with { Workspace = Sample.OtherWorkspace }, new DeliveryFilter())).Items);
        Assert.Equal(2, Assert.Single((await ListAsync(Payments, new DeliveryFilter(MessageId: Queued("tgt_1", 2, "env_a").Id))).Items).Position);
        await Assert.ThrowsAsync<InvalidCursorException>(async () =>
            await Store.ListDeliveriesAsync(Payments, new DeliveryFilter(DeliveryStatus.Parked), new PageRequest(first.Next, 3), default));
    }

    private async Task StartAsync(params string[] targets)
    {
        await LeaseEpochIsAsync(1);
        foreach (var id in targets)
            await Store.AddTargetAsync(Target(id, "payments"), default);
    }

    private ValueTask<IReadOnlyList<QueuedNotification>> DueAsync(string target, DateTimeOffset now, int max = 100, long epoch = 1) =>
        Store.DueAsync(Target(target, "payments"), now, max, epoch, default);

    private ValueTask<Page<QueuedNotification>> ListAsync(Viewer viewer, DeliveryFilter filter) => Store.ListDeliveriesAsync(viewer, filter, new PageRequest(null, 50), default);

    private static NotificationTarget Target(string id, string group) =>
        new(Sample.Workspace, id, group, "Team chat", ChannelKind.Slack, "https://hooks.slack.example/1", null, Ada, Sample.Noon);

    private static NotificationSubscription Subscription(string id, string target) => new(
        Sample.Workspace, id, target, "payments", ["BOOKING_*", "ENVIRONMENT_RETIRED"], [new EnvironmentId("env_a")], ["platform"], Ada, Sample.Noon);

    private static QueuedNotification Queued(string target, long position, string topic)
    {
        var id = QueuedNotification.MessageId(Sample.Workspace, $"evt_{position}", target);
        return new(
            new Notification(id, Sample.Workspace, topic, "BOOKING_MADE", Sample.Noon, "Größe", "Eine Zeile.\nNoch eine.", """{"version": 1,  "größe": "≥"}"""u8.ToArray()),
            target, $"evt_{position}", position, DeliveryStatus.Waiting, Sample.Noon);
    }

    /// <summary>Only its ends matter here.</summary>
    private static EventBatch Batch(long after, long last) => new(0, after, [StoredEvent.Of(Sample.Append(Sample.Plan("pln_1"), 0), 0, 0, last)], 1);
}

public sealed class InMemoryNotificationStoreTests : NotificationStoreSuite
{
    protected override INotificationStore InMemory() => new InMemoryNotificationStore();
}

public sealed class PostgresNotificationStoreTests : NotificationStoreSuite
{
    protected override INotificationStore OnPostgres(MigratedDatabase database) =>
        new PostgresNotificationStore(database.Pools, NullLogger<PostgresNotificationStore>.Instance);
}
