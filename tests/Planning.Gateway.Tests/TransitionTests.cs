using System.Net;
using Planning.Client;
using Planning.Contracts;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>Transitions through gates: pending, moved, blocked, waited for.</summary>
public sealed class TransitionTests : IAsyncLifetime
{
    private Backend backend = null!;
    private PlanningClient ada = null!;
    private PlanView plan = null!;

    public async Task InitializeAsync()
    {
        backend = await Backend.StartAsync();
        ada = backend.As("ada");
        plan = await backend.NewPlanAsync();
    }

    public async Task DisposeAsync() => await backend.DisposeAsync();

    [Fact]
    public async Task A_transition_that_is_waited_for_has_moved_when_it_is_answered()
    {
        var moved = await ada.Transitions.RequestAndWaitAsync(plan.Id, "validate_complete");

        Assert.Equal(("moved", "PLANNED", "READY_FOR_HANDOFF"), (moved.Outcome, moved.From, moved.To));
        Assert.Equal("READY_FOR_HANDOFF", (await ada.Plans.GetAsync(plan.Id)).Status);
        Assert.Equal(moved.Version, (await ada.Plans.GetAsync(plan.Id)).Version);
    }

    [Fact]
    public async Task A_gate_that_fails_leaves_the_plan_and_names_every_blocker()
    {
        await ada.Artifacts.AttachAsync(plan.Id, "a.md", "BROKEN"u8.ToArray());
        await ada.Artifacts.AttachAsync(plan.Id, "b.md", "BROKEN"u8.ToArray());

        var blocked = await Assert.ThrowsAsync<PlanningApiException>(() => ada.Transitions.RequestAndWaitAsync(plan.Id, "validate_complete"));
        var report = await ada.GateRuns.GetReportAsync(plan.Id, blocked.Problem!.GateRunId!);

        Assert.Equal((HttpStatusCode.Conflict, "transition_blocked", 2), (blocked.Status, blocked.Code, blocked.Errors.Count));
        Assert.Equal("PLANNED", (await ada.Plans.GetAsync(plan.Id)).Status);
        Assert.Equal(["a.md", "b.md"], report.Findings.Select(f => f.File));
    }

    [Fact]
    public async Task A_finding_that_a_lead_waives_passes_and_the_author_cannot_waive_it()
    {
        await ada.Artifacts.AttachAsync(plan.Id, "a.md", "BROKEN"u8.ToArray());
        var blocked = await Assert.ThrowsAsync<PlanningApiException>(() => ada.Transitions.RequestAndWaitAsync(plan.Id, "validate_complete"));
        var finding = (await ada.GateRuns.GetAsync(plan.Id, blocked.Problem!.GateRunId!)).Findings.Single();
        var waiver = new WaiveRequest("schema_lint", finding.Fingerprint, "Known.", new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal("author_cannot_waive", (await Assert.ThrowsAsync<PlanningApiException>(() => ada.Waivers.GrantAsync(plan.Id, waiver))).Code);
        await backend.As("lea", "planning_lead").Waivers.GrantAsync(plan.Id, waiver);

        Assert.Equal("moved", (await ada.Transitions.RequestAndWaitAsync(plan.Id, "validate_complete")).Outcome);
    }

    [Fact]
    public async Task While_a_gate_runs_the_transition_is_pending_and_a_second_one_is_refused()
    {
        await ada.Artifacts.AttachAsync(plan.Id, "a.md", "SLOW"u8.ToArray());
        var reply = await backend.PostAsync($"/v1/plans/{plan.Id}/transitions", "{\"trigger\":\"validate_complete\"}", ("Idempotency-Key", "k"));
        var pending = (await ada.Plans.GetAsync(plan.Id)).Pending!;

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.Equal($"/v1/plans/{plan.Id}/gate-runs/{pending.GateRunId}", reply.Headers["Location"]);
        Assert.Equal("running", (await ada.GateRuns.GetAsync(plan.Id, pending.GateRunId)).Outcome);
        Assert.Equal("gate_run_running", (await Assert.ThrowsAsync<PlanningApiException>(() => ada.GateRuns.GetReportAsync(plan.Id, pending.GateRunId))).Code);
        (await backend.PostAsync($"/v1/plans/{plan.Id}/transitions", "{\"trigger\":\"validate_complete\"}")).MustBe(409, "transition_pending");
        (await backend.SendAsync(HttpMethod.Patch, $"/v1/plans/{plan.Id}", Backend.Json("{\"title\":\"x\"}"))).MustBe(409, "transition_pending");

        backend.Validator.Release();
        var waited = await backend.PostAsync($"/v1/plans/{plan.Id}/transitions", "{\"trigger\":\"validate_complete\"}", ("Idempotency-Key", "k"), ("Prefer", "wait=30"));
        var again = await backend.PostAsync($"/v1/plans/{plan.Id}/transitions", "{\"trigger\":\"validate_complete\"}", ("Idempotency-Key", "k"));

        Assert.Equal((HttpStatusCode.OK, "moved", "wait"), (waited.Status, waited.Json.GetProperty("outcome").GetString(), waited.Headers["Preference-Applied"]));
        Assert.Equal(waited.Body, again.Body);
        Assert.Equal("passed", (await ada.GateRuns.GetAsync(plan.Id, pending.GateRunId)).Outcome);
    }

    [Fact]
    public async Task Who_waits_in_vain_is_told_that_it_is_still_pending()
    {
        await ada.Artifacts.AttachAsync(plan.Id, "a.md", "SLOW"u8.ToArray());

        var reply = await backend.PostAsync($"/v1/plans/{plan.Id}/transitions", "{\"trigger\":\"validate_complete\"}", ("Prefer", "respond-async, wait=0"));

        Assert.Equal((HttpStatusCode.Accepted, "pending"), (reply.Status, reply.Json.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_plain_transition_that_is_sent_again_is_answered_as_the_first_time()
    {
        await ada.Transitions.RequestAndWaitAsync(plan.Id, "validate_complete");
        var command = new CommandOptions { IdempotencyKey = "back" };

        var once = await ada.Transitions.RequestAsync(plan.Id, "validation_failed", "Not yet.", command);
        var again = await ada.Transitions.RequestAsync(plan.Id, "validation_failed", "Not yet.", command);

        Assert.Equal(once, again);
        Assert.Equal("PLANNED", once.To);
    }

    [Fact]
    public async Task A_transition_without_its_reason_or_role_is_refused()
    {
        (await backend.PostAsync($"/v1/plans/{plan.Id}/transitions", "{\"trigger\":\"withdraw\"}")).MustBe(422, "reason_missing");
        (await backend.PostAsync($"/v1/plans/{plan.Id}/transitions", "{\"trigger\":\"withdraw\",\"reason\":\"r\"}", ("Planning-Actor", "bob;roles=planner"))).MustBe(403, "role_missing");
        (await backend.PostAsync($"/v1/plans/{plan.Id}/transitions", "{\"trigger\":\"withdraw\",\"reason\":\"r\"}", ("Planning-Actor", "bob;roles=auditor"))).MustBe(403, "role_missing");
    }

    [Fact]
    public async Task Gate_runs_are_listed_with_their_outcome()
    {
        var moved = await ada.Transitions.RequestAndWaitAsync(plan.Id, "validate_complete");

        var run = Assert.Single((await ada.GateRuns.ListAsync(plan.Id, minPosition: moved.Position)).Items);

        Assert.Equal((moved.GateRunId, "schema_lint", "passed"), (run.Id, run.Gate, run.Outcome));
    }
}
