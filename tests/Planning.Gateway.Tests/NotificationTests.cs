using System.Net;
using System.Text.Json;
using Planning.Client;
using Planning.Contracts;
using Planning.Engine.Notifications;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>Targets, subscriptions and deliveries over REST, as the members of groups use them.</summary>
public sealed class NotificationTests
{
    private static readonly DateTimeOffset Day = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(30), TimeSpan.Zero);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Whoever_has_subscribed_is_told_of_a_booking()
    {
        await using var backend = await Backend.StartAsync();
        var (owner, user) = (Owner(backend), User(backend));
        var staging = await owner.Environments.RegisterAsync(new RegisterEnvironmentRequest("Staging", "platform", "Europe/Berlin", UserGroups: ["payments"]));
        var qa = await owner.Environments.RegisterAsync(new RegisterEnvironmentRequest("QA", "platform", "Europe/Berlin", Parent: staging.Id, UserGroups: ["payments"]));
        var created = await user.Notifications.CreateTargetAsync(Hook);
        Assert.Matches("^[0-9a-f]{64}$", created.Secret!);
        await user.Notifications.SubscribeAsync(new SubscribeRequest(created.Target.Id, ["BOOKING_*"], Environments: [staging.Id]));

        await user.Bookings.BookAsync(new BookRequest(qa.Id, "exclusive", Day, Day.AddHours(1)));
        await UntilAsync(() => backend.Hooks.Got.Count == 1);

        var (target, told) = Assert.Single(backend.Hooks.Got);
        Assert.Equal((created.Target.Id, Hook.Address, created.Secret), (target.Id, target.Address, target.Secret));
        Assert.Equal(("BOOKING_MADE", qa.Id), (told.EventType, told.Topic));
        Assert.StartsWith("QA was booked from", told.Subject, StringComparison.Ordinal);
        var listed = Assert.Single((await user.Notifications.ListTargetsAsync()).Items);
        Assert.Equal(("closed", "https://hooks.example.org/…"), (listed.State, listed.Address));
        await UntilAsync(() => user.Notifications.ListDeliveriesAsync().Result.Items.Count == 0);
    }

    [Fact]
    public async Task What_a_receiver_refuses_is_seen_and_can_be_sent_again_or_dropped()
    {
        await using var backend = await Backend.StartAsync();
        backend.Hooks.Answer = _ => new Delivery.Refused("410 Gone");
        var (owner, other, oper) = (Owner(backend), backend.As("mia;roles=planner;groups=mobile"), backend.As("op;roles=operator"));
        var target = (await owner.Notifications.CreateTargetAsync(Hook with { Group = "platform" })).Target;
        await owner.Notifications.SubscribeAsync(new SubscribeRequest(target.Id, ["ENVIRONMENT_REGISTERED"]));
        foreach (var name in (string[])["One", "Two"])
            await owner.Environments.RegisterAsync(new RegisterEnvironmentRequest(name, "platform", "UTC"));
        await UntilAsync(() => oper.Notifications.ListDeliveriesAsync("parked").Result.Items.Count == 2);

        var parked = new List<DeliveryView>();
        await foreach (var delivery in owner.Notifications.AllDeliveriesAsync("parked", target.Id))
            parked.Add(delivery);
        Assert.Equal(["410 Gone", "410 Gone"], parked.Select(d => d.LastError));
        Assert.Empty((await other.Notifications.ListDeliveriesAsync()).Items);
        Assert.Equal("delivery_not_found", await CodeAsync(() => other.Notifications.RetryAsync(parked[0].MessageId)));
        Assert.Equal("delivery_not_found", await CodeAsync(() => other.Notifications.DropAsync(parked[0].MessageId)));

        backend.Hooks.Answer = _ => new Delivery.Done();
        Assert.Equal(("waiting", 0), ((await oper.Notifications.RetryAsync(parked[0].MessageId)) is var again ? again.Status : "", again.Attempts));
        await UntilAsync(() => backend.Hooks.Got.Count == 1);
        Assert.Equal(parked[0].MessageId, Assert.Single(backend.Hooks.Got).Notification.MessageId);
        Assert.Equal(parked[1].MessageId, (await owner.Notifications.DropAsync(parked[1].MessageId)).MessageId);
        Assert.Equal("delivery_not_found", await CodeAsync(() => owner.Notifications.DropAsync(parked[1].MessageId)));
    }

    [Fact]
    public async Task Only_members_and_admins_manage_what_is_a_groups()
    {
        await using var backend = await Backend.StartAsync();
        var (user, other, admin, auditor) = (User(backend), backend.As("mia;roles=planner;groups=mobile"), backend.As("root;roles=admin"), backend.As("ann;roles=auditor"));
        var target = (await user.Notifications.CreateTargetAsync(Hook)).Target;
        var subscription = await user.Notifications.SubscribeAsync(new SubscribeRequest(target.Id, ["*"]));

        Assert.Equal("group_membership_required", await CodeAsync(() => other.Notifications.CreateTargetAsync(Hook)));
        Assert.Equal("notification_target_not_found", await CodeAsync(() => other.Notifications.SubscribeAsync(new SubscribeRequest(target.Id, ["*"]))));
        Assert.Equal("subscription_not_found", await CodeAsync(() => other.Notifications.UnsubscribeAsync(subscription.Id)));
        Assert.Equal("notification_target_not_found", await CodeAsync(() => other.Notifications.RemoveTargetAsync(target.Id)));
        Assert.Empty((await other.Notifications.ListTargetsAsync()).Items);
        Assert.Empty((await other.Notifications.ListSubscriptionsAsync()).Items);
        Assert.Equal("role_missing", await CodeAsync(() => auditor.Notifications.UnsubscribeAsync(subscription.Id)));
        Assert.Single((await auditor.Notifications.ListTargetsAsync()).Items);
        Assert.Equal("notification_target_not_found", await CodeAsync(() => backend.As("op;roles=operator").Notifications.RemoveTargetAsync(target.Id)));

        await user.Notifications.UnsubscribeAsync(subscription.Id);
        Assert.Empty((await user.Notifications.ListSubscriptionsAsync()).Items);
        await admin.Notifications.RemoveTargetAsync(target.Id);
        Assert.Empty((await user.Notifications.ListTargetsAsync()).Items);
    }

    [Theory]
    [InlineData("""{"name":"x","group":"payments","channel":"pigeon","address":"https://x"}""", "invalid_value", "email, slack, teams, webhook")]
    [InlineData("""{"name":"x","group":"payments","channel":"email","address":"a@example.org"}""", "channel_not_configured", "email")]
    [InlineData("""{"name":"x","group":"payments","channel":"webhook","address":"http://x"}""", "address_refused", "https://")]
    [InlineData("""{"name":"x","group":"payments","channel":"webhook","address":""}""", "address_refused", "characters")]
    [InlineData("""{"name":" ","group":"payments","channel":"webhook","address":"https://x"}""", "invalid_value", "name")]
    [InlineData("""{"name":"x","group":"!","channel":"webhook","address":"https://x"}""", "invalid_value", "group")]
    [InlineData("""{"name":"x","group":"payments","channel":"webhook"}""", "missing_field", "address")]
    public async Task A_target_that_cannot_work_is_refused_with_what_is_wrong(string body, string code, string says)
    {
        await using var backend = await Backend.StartAsync(pump: false);

        var refused = await backend.PostAsync("/v1/notifications/targets", body, ("Planning-Actor", UserActor));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (refused.Status, refused.Json.GetProperty("code").GetString()));
        Assert.Contains(says, refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"target_id":"TARGET","events":[]}""", "invalid_value")]
    [InlineData("""{"target_id":"TARGET","events":[null]}""", "invalid_value")]
    [InlineData("""{"target_id":"TARGET","events":["PLAN_*"]}""", "event_unknown")]
    [InlineData("""{"target_id":"TARGET","events":["BOOK*ED"]}""", "event_unknown")]
    [InlineData("""{"target_id":"TARGET","events":["*"],"environments":["env_nowhere"]}""", "environment_unknown")]
    [InlineData("""{"target_id":"TARGET","events":["*"],"environments":["nonsense"]}""", "environment_unknown")]
    [InlineData("""{"target_id":"TARGET","events":["*"],"groups":["!"]}""", "invalid_value")]
    [InlineData("""{"target_id":"TARGET","events":["*"],"groups":[null]}""", "invalid_value")]
    [InlineData("""{"target_id":"tgt_nowhere","events":["*"]}""", "notification_target_not_found")]
    public async Task A_subscription_that_cannot_work_is_refused_with_what_is_wrong(string body, string code)
    {
        await using var backend = await Backend.StartAsync(pump: false);
        var target = (await User(backend).Notifications.CreateTargetAsync(Hook)).Target;

        var refused = await backend.PostAsync("/v1/notifications/subscriptions", body.Replace("TARGET", target.Id, StringComparison.Ordinal), ("Planning-Actor", UserActor));

        Assert.Equal(code, refused.Json.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_filter_that_nothing_can_match_is_refused()
    {
        await using var backend = await Backend.StartAsync(pump: false);

        var refused = await backend.SendAsync(HttpMethod.Get, "/v1/notifications/deliveries?status=sent", null, ("Planning-Actor", UserActor));

        Assert.Equal("filter_invalid", refused.Json.GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Array, refused.Json.GetProperty("errors").ValueKind);
    }

    private const string UserActor = "uma;roles=planner;groups=payments";

    private static readonly CreateNotificationTargetRequest Hook = new("Build hook", "payments", "webhook", "https://hooks.example.org/T1/very-secret");

    private static PlanningClient Owner(Backend backend) => backend.As("olga;roles=release_manager,planner;groups=platform");

    private static PlanningClient User(Backend backend) => backend.As(UserActor);

    private static async Task<string?> CodeAsync(Func<Task> call) => (await Assert.ThrowsAsync<PlanningApiException>(call)).Code;

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!holds())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
