using System.Text;
using System.Text.Json;
using Planning.Domain;
using Planning.Engine.Trackers;
using Planning.Testing;
using Planning.Trackers.Jira;
using Planning.Trackers.Tests.Support;

namespace Planning.Trackers.Tests.Contracts;

/// <summary>Jira's messages, recorded and our own: what is believed, and what it says in our terms.</summary>
public sealed class JiraMessageTests
{
    private const string Recorded = "webhooks/jira";
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeMilliseconds(1_767_600_000_000);

    private static readonly TrackerOptions Options = new()
    {
        Id = "jira-ops", Workspace = "acme", Kind = TrackerKind.JiraCloud, BaseAddress = new Uri("https://some-instance-test.atlassian.net"), Token = "t", Project = "TES",
        OwnAccount = "bot", WebhookSecrets = [Signed.Secret], People = new Dictionary<string, string> { ["5c5f880629be9642ba529340"] = "per_anna", ["admin"] = "per_admin" },
        Wishes = new Dictionary<string, TrackerWish> { ["done"] = TrackerWish.Approve, ["In Progress"] = TrackerWish.Cancel },
    };

    [SharedDataFact(Recorded)]
    public void A_resolved_issue_is_what_its_new_status_means()
    {
        var signal = Heard(Options, "webhook-issue-updated-resolved.json", 1_550_286_940_507);

        Assert.Equal(("changelog-10228", "10040", 1_550_286_940_507, TrackerWish.Approve), (signal.Delivery, signal.ItemId, signal.Revision, signal.Wish));
        Assert.Equal(new PersonId("per_anna"), signal.By);
        Assert.Equal("TES-41 was set to 'Done' in the tracker jira-ops.", signal.Told);
    }

    [SharedDataFact(Recorded)]
    public void A_message_of_a_server_names_the_user_another_way()
    {
        var signal = Heard(Options with { Kind = TrackerKind.JiraServer }, "webhook-server-issue-updated-in-progress.json", 1_565_751_753_680);

        Assert.Equal(("changelog-10508", "10300", TrackerWish.Cancel, new PersonId("per_admin")), (signal.Delivery, signal.ItemId, signal.Wish, signal.By));
    }

    [SharedDataFact(Recorded)]
    public void The_same_by_our_own_account_is_an_echo_that_counts_for_the_order()
    {
        var signal = Heard(Options with { OwnAccount = "5c5f880629be9642ba529340", People = new Dictionary<string, string>() }, "webhook-issue-updated-resolved.json", 1_550_286_940_507);

        Assert.Equal((null, 1_550_286_940_507), (signal.Wish, signal.Revision));
    }

    [SharedDataTheory(Recorded)]
    [InlineData("webhook-cloud-issue-created-many-fields.json", 1_566_935_004_475, "jira:issue_created")]
    [InlineData("webhook-issue-deleted.json", 1_562_177_136_176, "jira:issue_deleted")]
    [InlineData("webhook-issue-assigned-empty-changelog.json", 1_724_179_662_935, "project TEST")]
    public void Other_messages_mean_nothing(string file, long at, string why)
    {
        var ignored = Assert.IsType<TrackerReading.Ignored>(Read(Options, File.ReadAllBytes(SharedData.At("webhooks", "jira", file)), at));

        Assert.Contains(why, ignored.Reason, StringComparison.Ordinal);
    }

    [SharedDataFact(Recorded)]
    public void An_assignment_changes_no_status()
    {
        var ignored = Assert.IsType<TrackerReading.Ignored>(
            Read(Options with { Project = "TEST" }, File.ReadAllBytes(SharedData.At("webhooks", "jira", "webhook-issue-assigned-empty-changelog.json")), 1_724_179_662_935));

        Assert.Equal("The status of TEST-123 has not changed.", ignored.Reason);
    }

    [SharedDataFact(Recorded)]
    public void Recorded_answers_are_read()
    {
        Assert.Equal("711", JiraTracker.TransitionTo(Json("rest-transitions.json"), "closed"));
        Assert.Equal("2", JiraTracker.TransitionTo(Json("rest-transitions.json"), "In Progress"));
        Assert.Null(JiraTracker.TransitionTo(Json("rest-transitions.json"), "Nowhere"));
        Assert.Equal(new TrackedItem("12338", "AR-86"), JiraTracker.ItemOf(Json("rest-issues-in-sprint.json").GetProperty("issues")[0]));
    }

    [Fact]
    public void Nothing_in_a_message_is_believed_before_it_is_known_to_come_from_the_tracker()
    {
        var body = Body("Done");

        Refused("webhook_unsigned", Signed.With("X-Other", "sha256=00", body));
        Refused("webhook_signature_invalid", Signed.Jira(body, "another secret than ours"));
        Refused("webhook_signature_invalid", Signed.With("X-Hub-Signature", "sha256=" + new string('g', 64), body));
        Refused("webhook_signature_invalid", Signed.With("X-Hub-Signature", "sha1=" + new string('0', 40), body));
        Refused("webhook_signature_invalid", Signed.Jira(body) with { Body = Body("Rejected") });
        Refused("webhook_malformed", Signed.Jira("[]"u8.ToArray()));
        Refused("webhook_malformed", Signed.Jira("{"u8.ToArray()));
        Refused("webhook_malformed", Signed.Jira("""{"timestamp":"now"}"""u8.ToArray()));
        Refused("webhook_malformed", Signed.Jira("""{"timestamp":9223372036854775807}"""u8.ToArray()));
        Refused("webhook_malformed", Signed.Jira(Encoding.UTF8.GetBytes($$$"""{"timestamp":{{{Then.ToUnixTimeMilliseconds()}}},"webhookEvent":"jira:issue_updated","issue":7}""")));
        Refused("webhook_stale", Signed.Jira(body), Then.AddHours(3));
        Refused("webhook_stale", Signed.Jira(body), Then.AddHours(-1));
        Assert.IsType<TrackerReading.Heard>(new JiraWebhook(Options).Read(Signed.Jira(body), Then));

        static void Refused(string code, TrackerDelivery delivery, DateTimeOffset? now = null) =>
            Assert.Equal(code, Assert.IsType<TrackerReading.Refused>(new JiraWebhook(Options).Read(delivery, now ?? Then)).Rejection.Code);
    }

    [Fact]
    public void While_a_secret_is_replaced_both_count()
    {
        var options = Options with { WebhookSecrets = ["the one that comes next", Signed.Secret] };

        Assert.IsType<TrackerReading.Heard>(new JiraWebhook(options).Read(Signed.Jira(Body("Done")), Then));
        Assert.IsType<TrackerReading.Heard>(new JiraWebhook(options).Read(Signed.Jira(Body("Done"), "the one that comes next"), Then));
    }

    [Fact]
    public void Of_several_changes_in_one_message_the_last_status_counts_and_what_was_said_is_told()
    {
        var body = Encoding.UTF8.GetBytes(
            $$$"""
            {"timestamp":{{{Then.ToUnixTimeMilliseconds()}}},"webhookEvent":"jira:issue_updated","user":{"accountId":"a"},"issue":{"id":"7","key":"TES-7"},
             "comment":{"body":"Not now."},"changelog":{"items":[{"field":"status","toString":"Done"},{"field":"summary","toString":"x"},{"field":"Status","toString":"In Progress"}]}}
            """);

        var signal = Assert.IsType<TrackerReading.Heard>(new JiraWebhook(Options).Read(Signed.Jira(body), Then)).Signal;

        Assert.Equal((TrackerWish.Cancel, null, "a"), (signal.Wish, signal.By, signal.Account));
        Assert.Equal("TES-7 was set to 'In Progress' in the tracker jira-ops. Not now.", signal.Told);
        Assert.StartsWith("body-", signal.Delivery, StringComparison.Ordinal);
    }

    private static byte[] Body(string status) => Encoding.UTF8.GetBytes(
        $$$"""
        {"timestamp":{{{Then.ToUnixTimeMilliseconds()}}},"webhookEvent":"jira:issue_updated","user":{"accountId":"a"},"issue":{"id":"7","key":"TES-7"},
         "changelog":{"id":"9","items":[{"field":"status","toString":"{{{status}}}"}]}}
        """);

    private static TrackerSignal Heard(TrackerOptions options, string file, long at) =>
        Assert.IsType<TrackerReading.Heard>(Read(options, File.ReadAllBytes(SharedData.At("webhooks", "jira", file)), at)).Signal;

    private static TrackerReading Read(TrackerOptions options, byte[] body, long at) =>
        new JiraWebhook(options).Read(Signed.Jira(body), DateTimeOffset.FromUnixTimeMilliseconds(at).AddMinutes(1));

    private static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllBytes(SharedData.At("webhooks", "jira", file))).RootElement;
}
