using System.Collections.Immutable;
using System.Text;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Plans;
using Planning.Domain.Refreshes;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Engine.Tests.Entities;

public class EventCodecTests
{
    [Fact]
    public void There_are_fifteen_planning_events_two_administrative_fifteen_of_environments_and_twenty_one_of_refreshes()
    {
        string[] planning =
        [
            "PLAN_CREATED", "PLAN_UPDATED", "ARTIFACT_ATTACHED", "STATE_TRANSITION", "GATE_STARTED", "GATE_PASSED", "GATE_FAILED", "MANIFEST_CREATED",
            "MANIFEST_SIGNED", "MANIFEST_SEALED", "APPROVAL_RECORDED", "GOVERNANCE_VIOLATION", "EXECUTION_REPORTED", "CYCLE_OPENED", "CYCLE_CLOSED",
        ];
        string[] others =
        [
            "RULEBOOK_PROPOSED", "RULEBOOK_ACTIVATED", "ENVIRONMENT_REGISTERED", "ENVIRONMENT_CHANGED", "ENVIRONMENT_RETIRED", "ENVIRONMENT_MOVED", "ENVIRONMENT_MOVE_BEGUN",
            "ENVIRONMENT_RECEIVED", "ENVIRONMENT_REFUSED", "ENVIRONMENT_MOVE_COMPLETED", "ENVIRONMENT_MOVE_ABANDONED", "BOOKING_MADE", "BOOKING_MOVED", "BOOKING_CANCELLED",
            "SLOT_RESERVED", "SLOT_REFUSED", "SLOT_RELEASED",
        ];
        string[] refreshes =
        [
            "REFRESH_DRAFTED", "REFRESH_EDITED", "REFRESH_REQUESTED", "REFRESH_REJECTED", "REFRESH_APPROVED", "REFRESH_APPROVAL_UNDONE", "REFRESH_CONFLICTS_ACCEPTED",
            "REFRESH_MOVED", "REFRESH_SLOT_REQUESTED", "REFRESH_SLOT_GRANTED", "REFRESH_SLOT_REFUSED", "REFRESH_SCHEDULED", "REFRESH_UNSCHEDULED", "REFRESH_REMINDED",
            "REFRESH_STARTED", "REFRESH_COMPLETED", "REFRESH_FAILED", "REFRESH_ROLLED_BACK", "REFRESH_CANCELLED", "REFRESH_PARKED", "REFRESH_RESUMED",
        ];
        Assert.Equal([.. planning.Concat(others).Concat(refreshes).Order(StringComparer.Ordinal)], EventCodec.Types.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_event_is_written_in_the_words_of_the_wire()
    {
        var moved = new PlanEvent.StateTransition(
            Trigger.ValidateComplete, PlanStatus.Planned, PlanStatus.ReadyForHandoff, TransitionOutcome.Moved, new PersonId("per_1"), new GateRunId("gtr_1"), "schema_lint");
        Assert.Equal(
            """{"trigger":"validate_complete","from_state":"PLANNED","to_state":"READY_FOR_HANDOFF","outcome":"moved","triggered_by":"per_1","gate_run_id":"gtr_1","gate":"schema_lint"}""",
            Encoding.UTF8.GetString(EventCodec.Encode(moved, "evt_1").Data.Span));
    }

    [Fact]
    public void A_refresh_is_written_with_what_it_destroys_and_read_as_it_was()
    {
        var drafted = new RefreshEvent.RefreshDrafted(
            new RefreshId("rfr_1"), new EnvironmentId("env_1_qa"), "database_copy", new ImpactScope([Asset.Sessions, Asset.TestAccounts, Asset.Data], WithChildren: true),
            new TimeWindow(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(2)), "New data", ["qa", "ops"], new PersonId("per_1"));
        var data = Encoding.UTF8.GetString(EventCodec.Encode(drafted, "evt_1").Data.Span);
        Assert.Equal(
            """{"refresh_id":"rfr_1","environment_id":"env_1_qa","type":"database_copy","scope":{"destroys":["data","test_accounts","sessions"],"with_children":true}"""
            + ""","window":{"from":"1970-01-01T00:00:00+00:00","to":"1970-01-01T02:00:00+00:00"},"reason":"New data","notify_groups":["ops","qa"],"by":"per_1"}""",
            data);
        var read = (RefreshEvent.RefreshDrafted)EventCodec.Decode(Stored("REFRESH_DRAFTED", data));
        Assert.Equal((drafted.Scope, drafted.Window), (read.Scope, read.Window));
        Assert.Equal(["ops", "qa"], read.NotifyGroups);
    }

    [Fact]
    public void A_type_of_a_later_release_is_named_not_guessed()
    {
        var unknown = Stored("PLAN_TELEPORTED", "{}");
        Assert.Contains("PLAN_TELEPORTED", Assert.Throws<UnknownEventException>(() => EventCodec.Decode(unknown)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_fields_of_a_later_release_do_not_disturb()
    {
        var updated = (PlanEvent.PlanUpdated)EventCodec.Decode(Stored("PLAN_UPDATED", """{"title":"T","colour":"blue"}"""));
        Assert.Equal("T", updated.Title);
    }

    [Fact]
    public void A_version_that_this_release_does_not_know_is_refused()
    {
        Assert.Throws<UnknownEventException>(() => EventCodec.Decode(Stored("PLAN_UPDATED", "{}") with { SchemaVersion = 99 }));
    }

    private static StoredEvent Stored(string type, string data) => new(
        0, 1, TestHost.Plan("pln_1"), 1, "evt_1", type, 1, Encoding.UTF8.GetBytes(data), "{}"u8.ToArray(), "c", 0, DateTimeOffset.UnixEpoch);
}
