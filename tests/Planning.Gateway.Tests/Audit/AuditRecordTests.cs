using System.Net;
using System.Text.Json;
using Planning.Client;
using Planning.Contracts;
using Planning.Domain;
using Planning.Gateway.Identity;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests.Audit;

/// <summary>What the security audit has of each act, as an auditor reads it.</summary>
public sealed class AuditRecordTests : IAsyncLifetime
{
    private AuditWorld world = null!;

    public async Task InitializeAsync() => world = await AuditWorld.StartAsync();

    public Task DisposeAsync() => world.DisposeAsync().AsTask();

    [Fact]
    public async Task An_approval_says_who_from_where_what_and_how_it_ended()
    {
        var plan = await world.PlanAsync();
        var token = await world.TokenAsync("amy", [Role.Approver]);

        var reply = await world.Backend.PostAsync(
            $"/v1/plans/{plan.Id}/approvals", """{"kind":"approval","verdict":"approved"}""",
            ("Authorization", "Bearer " + token), ("User-Agent", "console/3"), ("Idempotency-Key", "once"));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var record = Assert.Single(await world.RecordsAsync());
        Assert.Equal(
            (record.EventType, record.Action, record.Outcome, record.Actor, record.KeyId, record.IpAddress, record.UserAgent),
            ("PLAN_APPROVAL", "APPROVE", "SUCCESS", "amy", ApiKeyToken.Parse(token)!.KeyId, "127.0.0.1", "console/3"));
        Assert.Equal(
            (record.ResourceType, record.ResourceId, record.Route, record.CommandId, record.Details!["kind"]),
            ("plan", plan.Id, "POST /v1/plans/{plan_id}/approvals", "once", "approval"));
        Assert.NotEmpty(record.TraceId!);
    }

    [Fact]
    public async Task A_rejection_is_told_from_an_approval_and_a_failure_from_both()
    {
        var plan = await world.PlanAsync();
        var amy = await world.PersonAsync("amy", Role.Approver);

        await amy.Approvals.RecordAsync(plan.Id, new ApproveRequest("approval", "rejected", Comment: "Not yet."));
        await Assert.ThrowsAsync<PlanningApiException>(() => amy.Approvals.RecordAsync("pln_none", new ApproveRequest("approval", "approved")));

        Assert.Equal([("REJECT", "SUCCESS"), ("APPROVE", "FAILED")], (await world.RecordsAsync()).Select(r => (r.Action, r.Outcome)));
        Assert.Equal("plan_not_found", (await world.RecordsAsync(new AuditQuery(Outcome: "FAILED"))).Single().Details!["code"]);
    }

    [Fact]
    public async Task Every_permission_failure_is_recorded_on_whatever_route()
    {
        var plan = await world.PlanAsync();
        var eve = await world.PersonAsync("eve", Role.Planner);

        await DeniedAsync(() => eve.Approvals.RecordAsync(plan.Id, new ApproveRequest("approval", "approved")));
        await DeniedAsync(() => eve.Cycles.OpenAsync(new OpenCycleRequest("Two", new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 14))));
        await DeniedAsync(() => eve.Audit.ListAsync());
        // Here the route lets her through, and the plan's own rules refuse.
        await DeniedAsync(() => eve.Transitions.RequestAsync(plan.Id, "withdraw"));

        var records = await world.RecordsAsync(new AuditQuery(EventType: "PERMISSION_CHECK_FAILED"));
        Assert.All(records, r => Assert.Equal(("DENIED", "eve", "role_missing"), (r.Outcome, r.Actor, r.Details!["code"])));
        Assert.Equal(
            [("APPROVE", "plan", plan.Id), ("CHANGE", "workspace", null), ("VIEW", "audit", null), ("WITHDRAW", "plan", plan.Id)],
            records.Select(r => (r.Action, r.ResourceType, r.ResourceId)));
    }

    [Fact]
    public async Task Who_shows_no_good_key_is_recorded_as_far_as_the_key_tells()
    {
        var token = await world.TokenAsync("gil", [Role.Admin], "theirs");
        var keyId = ApiKeyToken.Parse(token)!.KeyId;
        await world.Backend.WithKey(token).ApiKeys.RevokeAsync(keyId);

        foreach (var header in (string[])["Bearer nonsense", "Bearer plk_none_" + new string('0', 64), "Bearer " + token])
            Assert.Equal(HttpStatusCode.Unauthorized, (await world.Backend.SendAsync(HttpMethod.Get, "/v1/plans", null, ("Authorization", header))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.Backend.SendAsync(HttpMethod.Get, "/v1/plans")).Status);

        var strangers = await world.RecordsAsync(new AuditQuery(EventType: "AUTHENTICATION_FAILED"));
        Assert.Equal(["credential_malformed", "credential_unknown", "credential_missing"], strangers.Select(r => r.Details!["code"]));
        Assert.All(strangers, r => Assert.Equal((null, null, "DENIED", "VIEW"), (r.Actor, r.KeyId, r.Outcome, r.Action)));
        var former = Assert.Single(await world.RecordsAsync(new AuditQuery(EventType: "AUTHENTICATION_FAILED"), "theirs"));
        Assert.Equal(("credential_revoked", "gil", keyId), (former.Details!["code"], former.Actor, former.KeyId));
    }

    [Fact]
    public async Task A_key_is_announced_before_it_is_made_and_its_secret_is_nowhere()
    {
        var root = await world.PersonAsync("root", Role.Admin);

        var made = await root.ApiKeys.CreateAsync(new CreateApiKeyRequest("bob", "service", ["planner", "executor"]));
        await root.ApiKeys.ListAsync();
        await root.ApiKeys.RevokeAsync(made.Key.KeyId);

        var records = await world.RecordsAsync();
        Assert.Equal(
            [("CREATE", "ATTEMPTED", null), ("CREATE", "SUCCESS", made.Key.KeyId), ("VIEW", "SUCCESS", null), ("REVOKE", "ATTEMPTED", made.Key.KeyId), ("REVOKE", "SUCCESS", made.Key.KeyId)],
            records.Select(r => (r.Action, r.Outcome, r.ResourceId)));
        Assert.Equal(("bob", "planner,executor"), (records[1].Details!["holder"], records[1].Details!["roles"]));
        Assert.DoesNotContain(ApiKeyToken.Parse(made.Token)!.Secret, JsonSerializer.Serialize(records), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Persons_and_signers_keys_are_recorded_by_their_ids_and_never_by_name()
    {
        var root = await world.PersonAsync("root", Role.Admin);
        using var signer = new Signer("lea", "planning_lead");

        await root.Persons.SaveAsync("ada", new SavePersonRequest("Ada Lovelace", "ada@example.org"));
        await root.Persons.EraseAsync("ada");
        await signer.RegisterAsync(root);

        var records = await world.RecordsAsync(new AuditQuery(Outcome: "SUCCESS"));
        Assert.Equal(
            [("PERSON_CHANGE", "SAVE", "ada"), ("PERSON_CHANGE", "ERASE", "ada"), ("SIGNER_KEY_CHANGE", "REGISTER", signer.Fingerprint)],
            records.Select(r => (r.EventType, r.Action, r.ResourceId)));
        Assert.DoesNotContain("Lovelace", JsonSerializer.Serialize(records), StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", JsonSerializer.Serialize(records), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_transitions_the_withdrawal_alone_is_recorded()
    {
        var plan = await world.PlanAsync();
        var lead = await world.PersonAsync("lea", Role.PlanningLead);

        await lead.Transitions.RequestAsync(plan.Id, "validate_complete");
        await lead.Transitions.RequestAsync(plan.Id, "withdraw", "Not needed.");

        var record = Assert.Single(await world.RecordsAsync());
        Assert.Equal(("PLAN_WITHDRAWAL", "WITHDRAW", "SUCCESS", plan.Id), (record.EventType, record.Action, record.Outcome, record.ResourceId));
    }

    [Fact]
    public async Task A_change_of_ownership_is_told_from_other_changes_of_an_environment()
    {
        var rel = await world.PersonAsync("rel", Role.ReleaseManager);
        var staging = await rel.Environments.RegisterAsync(new RegisterEnvironmentRequest("Staging", "payments", "UTC"));

        await rel.Environments.ChangeAsync(staging.Id, new ChangeEnvironmentRequest(Name: "Stage"));
        await rel.Environments.ChangeAsync(staging.Id, new ChangeEnvironmentRequest(UserGroups: ["risk"]));

        var records = await world.RecordsAsync();
        Assert.Equal(["REGISTER", "CHANGE", "CHANGE_OWNERSHIP"], records.Select(r => r.Action));
        Assert.All(records, r => Assert.Equal((staging.Id, "environment"), (r.ResourceId, r.ResourceType)));
        Assert.Equal(("payments", "risk"), (records[0].Details!["owner_group"], records[2].Details!["user_groups"]));
    }

    [Fact]
    public async Task A_rulebook_that_holds_is_recorded_and_so_is_one_that_does_not()
    {
        var root = await world.PersonAsync("root", Role.Admin);
        var shipped = (await root.Rulebook.GetAsync()).Files;

        await root.Rulebook.ActivateAsync(shipped);
        await Assert.ThrowsAsync<PlanningApiException>(() => root.Rulebook.ActivateAsync(new Dictionary<string, string> { ["gates.yaml"] = "gates: 7" }));

        Assert.Equal([("ACTIVATE", "SUCCESS"), ("ACTIVATE", "FAILED")], (await world.RecordsAsync()).Select(r => (r.Action, r.Outcome)));
    }

    [Fact]
    public async Task What_a_refused_body_says_is_not_kept()
    {
        var root = await world.PersonAsync("root", Role.Admin);

        await Assert.ThrowsAsync<PlanningApiException>(() => root.ApiKeys.CreateAsync(new CreateApiKeyRequest("Ada Lovelace", "person", ["planner"])));

        var records = await world.RecordsAsync();
        Assert.Equal(["ATTEMPTED", "FAILED"], records.Select(r => r.Outcome));
        Assert.DoesNotContain("Lovelace", JsonSerializer.Serialize(records), StringComparison.Ordinal);
    }

    private static async Task DeniedAsync(Func<Task> act) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<PlanningApiException>(act)).Status);
}
