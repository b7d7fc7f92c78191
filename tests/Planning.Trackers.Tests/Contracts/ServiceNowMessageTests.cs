using System.Text;
using System.Text.Json;
using Planning.Domain;
using Planning.Engine.Trackers;
using Planning.Testing;
using Planning.Trackers.ServiceNow;
using Planning.Trackers.Tests.Support;

namespace Planning.Trackers.Tests.Contracts;

/// <summary>ServiceNow's records, recorded and our own, and the messages of the business rule.</summary>
public sealed class ServiceNowMessageTests
{
    private const string Recorded = "webhooks/servicenow/sn_chg_rest-standard-change-created.json";
    private static readonly DateTimeOffset Then = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private static readonly TrackerOptions Options = new()
    {
        Id = "snow", Workspace = "acme", Kind = TrackerKind.ServiceNow, BaseAddress = new Uri("https://example.service-now.com"), Token = "t", Project = "change_request",
        OwnAccount = "bot", WebhookSecrets = [Signed.Secret], People = new Dictionary<string, string> { ["admin_test_Nov2020-01"] = "per_anna" },
    };

    [SharedDataFact(Recorded)]
    public void A_recorded_record_is_read_whatever_form_its_values_have()
    {
        var record = new ServiceNowRecord(JsonDocument.Parse(File.ReadAllBytes(SharedData.At("webhooks", "servicenow", "sn_chg_rest-standard-change-created.json"))).RootElement);

        Assert.Equal(new TrackedItem("11ab5ccfdb784d505da401a3ca96190a", "CHG0031889"), record.AsItem);
        Assert.Equal(("-5", "approved", "0", "admin_test_Nov2020-01", "change_request"), (record["state"], record["approval"], record["sys_mod_count"], record["sys_updated_by"], record["sys_class_name"]));
        Assert.Equal((null, null), (record["correlation_id"], record["no_such_field"]));
    }

    [SharedDataFact(Recorded)]
    public void The_recorded_record_in_a_message_approves_only_where_the_settings_say_so()
    {
        var body = Encoding.UTF8.GetBytes($$$"""{"changes":["approval"],"record":{{{File.ReadAllText(SharedData.At("webhooks", "servicenow", "sn_chg_rest-standard-change-created.json"))}}}}""");

        Assert.Null(Heard(body).Wish);
        var signal = Heard(body, Options with { Wishes = new Dictionary<string, TrackerWish> { ["approval=approved"] = TrackerWish.Approve } });

        Assert.Equal((TrackerWish.Approve, new PersonId("per_anna"), "11ab5ccfdb784d505da401a3ca96190a-0", 0L), (signal.Wish, signal.By, signal.Delivery, signal.Revision));
    }

    [Theory]
    [InlineData("""["state"]""", "4", "rejected", TrackerWish.Cancel)]
    [InlineData("""["state","approval"]""", "4", "rejected", TrackerWish.Reject)]
    [InlineData("""["state","approval"]""", "4.0", "not requested", TrackerWish.Cancel)]
    [InlineData("""["state"]""", "-1", "rejected", null)]
    public void What_changed_counts_and_an_approval_says_more_than_a_state(string changes, string state, string approval, TrackerWish? wish) =>
        Assert.Equal(wish, Heard(Body(changes, state, approval)).Wish);

    [Fact]
    public void What_is_said_with_it_is_the_reason() =>
        Assert.Equal("CHG1 was set to approval rejected in the tracker snow. Freeze.", Heard(Body("""["approval"]""", "-4", "rejected")).Told);

    [Fact]
    public void Changes_of_other_fields_and_of_other_tables_mean_nothing()
    {
        Assert.IsType<TrackerReading.Ignored>(Read(Body("""["work_notes"]""", "4", "rejected"), Options));
        Assert.IsType<TrackerReading.Ignored>(Read(Body("""["state"]""", "4", "rejected"), Options with { Project = "u_refresh" }));
    }

    [Fact]
    public void Nothing_in_a_message_is_believed_before_it_is_known_to_come_from_the_tracker()
    {
        var body = Body("""["state"]""", "4", "requested");

        Refused("webhook_unsigned", Signed.With("X-Other", "", body));
        Refused("webhook_signature_invalid", Signed.ServiceNow(body, Then, "another secret than ours"));
        Refused("webhook_signature_invalid", Signed.With("Planning-Signature", "t=now,v1=00", body));
        Refused("webhook_signature_invalid", Signed.With("Planning-Signature", "t=99999999999999999,v1=00", body));
        Refused("webhook_signature_invalid", Signed.With("Planning-Signature", "nothing", body));
        Refused("webhook_signature_invalid", Signed.ServiceNow(body, Then) with { Body = Body("""["state"]""", "3", "requested") });
        Refused("webhook_stale", Signed.ServiceNow(body, Then.AddHours(-3)));
        Refused("webhook_stale", Signed.ServiceNow(body, Then.AddHours(1)));
        Refused("webhook_malformed", Signed.ServiceNow("nothing"u8.ToArray(), Then));
        Refused("webhook_malformed", Signed.ServiceNow("""{"record":{"sys_id":"a"}}"""u8.ToArray(), Then));
        Refused("webhook_malformed", Signed.ServiceNow("""{"changes":["state"],"record":{}}"""u8.ToArray(), Then));
        Refused("webhook_malformed", Signed.ServiceNow("""{"changes":["state"],"record":{"sys_id":"a","sys_mod_count":"-1","sys_updated_by":"b"}}"""u8.ToArray(), Then));
        Refused("webhook_malformed", Signed.ServiceNow("""{"changes":["state"],"record":{"sys_id":"a","sys_mod_count":"1"}}"""u8.ToArray(), Then));

        static void Refused(string code, TrackerDelivery delivery) =>
            Assert.Equal(code, Assert.IsType<TrackerReading.Refused>(new ServiceNowWebhook(Options).Read(delivery, Then)).Rejection.Code);
    }

    private static byte[] Body(string changes, string state, string approval) => Encoding.UTF8.GetBytes(
        $$$"""
        {"changes":{{{changes}}},"record":{"sys_id":"abc","number":"CHG1","sys_class_name":"change_request","sys_mod_count":"12","sys_updated_by":"x","state":{{{state}}},"approval":{"display_value":"-","value":"{{{approval}}}"},"comments":"Freeze."}}
        """);

    private static TrackerSignal Heard(byte[] body, TrackerOptions? options = null) => Assert.IsType<TrackerReading.Heard>(Read(body, options ?? Options)).Signal;

    private static TrackerReading Read(byte[] body, TrackerOptions options) => new ServiceNowWebhook(options).Read(Signed.ServiceNow(body, Then), Then);
}
