using System.Collections.Immutable;
using System.Text;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Engine.Tests.Entities;

public class EventCodecTests
{
    [Fact]
    public void There_are_fifteen_planning_events_one_administrative_and_twelve_of_environments()
    {
        string[] planning =
        [
            "PLAN_CREATED", "PLAN_UPDATED", "ARTIFACT_ATTACHED", "STATE_TRANSITION", "GATE_STARTED", "GATE_PASSED", "GATE_FAILED", "MANIFEST_CREATED",
            "MANIFEST_SIGNED", "MANIFEST_SEALED", "APPROVAL_RECORDED", "GOVERNANCE_VIOLATION", "EXECUTION_REPORTED", "CYCLE_OPENED", "CYCLE_CLOSED",
        ];
        string[] others =
        [
            "RULEBOOK_ACTIVATED", "ENVIRONMENT_REGISTERED", "ENVIRONMENT_CHANGED", "ENVIRONMENT_RETIRED", "ENVIRONMENT_MOVED", "ENVIRONMENT_MOVE_BEGUN",
            "ENVIRONMENT_RECEIVED", "ENVIRONMENT_REFUSED", "ENVIRONMENT_MOVE_COMPLETED", "ENVIRONMENT_MOVE_ABANDONED", "BOOKING_MADE", "BOOKING_MOVED", "BOOKING_CANCELLED",
        ];
        Assert.Equal([.. planning.Concat(others).Order(StringComparer.Ordinal)], EventCodec.Types.Keys.Order(StringComparer.Ordinal));
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
