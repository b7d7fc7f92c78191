using Planning.Client.Tests.Support;
using Planning.Contracts;

namespace Planning.Client.Tests;

/// <summary>Which call goes where.</summary>
public sealed class RouteTests
{
    private static readonly DateOnly Day = new(2026, 1, 5);

    public static TheoryData<string, Func<PlanningClient, Task>> Calls => new()
    {
        { "POST /v1/plans", c => c.Plans.CreateAsync(Samples.NewPlan) },
        { "GET /v1/plans/a%20b%2F%3F", c => c.Plans.GetAsync("a b/?") },
        { "GET /v1/plans?status=PLANNED&stream=s&cycle_id=c&author=ada&priority=0&tag=a%3Ab&text=t&limit=9&cursor=x", c => c.Plans.ListAsync(new PlanQuery("PLANNED", "s", "c", "ada", 0, "a:b", "t"), 9, "x") },
        { "PATCH /v1/plans/p", c => c.Plans.UpdateAsync("p", new UpdatePlanRequest()) },
        { "POST /v1/plans/p/clone", c => c.Plans.CloneAsync("p", new ClonePlanRequest()) },
        { "PUT /v1/plans/p/artifacts/schemas/a%20b.json", c => c.Artifacts.AttachAsync("p", "schemas/a b.json", "{}"u8.ToArray()) },
        { "PUT /v1/plans/p/artifacts/a.yaml?strict=true", c => c.Artifacts.AttachAsync("p", "a.yaml", "a: 1"u8.ToArray(), strict: true) },
        { "PUT /v1/plans/p/evidence/lcov.info", c => c.Artifacts.AttachEvidenceAsync("p", "lcov.info", "x"u8.ToArray()) },
        { "GET /v1/plans/p/artifacts/a.yaml", c => c.Artifacts.GetAsync("p", "a.yaml") },
        { "GET /v1/plans/p/evidence/lcov.info", c => c.Artifacts.GetEvidenceAsync("p", "lcov.info") },
        { "DELETE /v1/plans/p/artifacts/a.yaml", c => c.Artifacts.RemoveAsync("p", "a.yaml") },
        { "POST /v1/plans/p/transitions", c => c.Transitions.RequestAsync("p", "withdraw", "not needed") },
        { "GET /v1/gate-runs?limit=5", c => c.GateRuns.ListAsync(limit: 5) },
        { "GET /v1/plans/p/gate-runs", c => c.GateRuns.ListAsync("p") },
        { "GET /v1/plans/p/gate-runs/g", c => c.GateRuns.GetAsync("p", "g") },
        { "GET /v1/plans/p/gate-runs/g/report", c => c.GateRuns.GetReportAsync("p", "g") },
        { "POST /v1/plans/p/waivers", c => c.Waivers.GrantAsync("p", new WaiveRequest("g", "f", "r", DateTimeOffset.UnixEpoch)) },
        { "POST /v1/plans/p/approvals", c => c.Approvals.RecordAsync("p", new ApproveRequest("approval", "approved")) },
        { "POST /v1/plans/p/execution-reports", c => c.Executions.ReportAsync("p", new ReportExecutionRequest("production", "succeeded")) },
        { "GET /v1/plans/p/execution-reports", c => c.Executions.ListAsync("p") },
        { "GET /v1/manifests?plan_id=p", c => c.Manifests.ListAsync("p") },
        { "GET /v1/manifests/m", c => c.Manifests.GetAsync("m") },
        { "GET /v1/manifests/m/document", c => c.Manifests.GetDocumentAsync("m") },
        { "POST /v1/manifests/m/signatures", c => c.Manifests.SignAsync("m", new SignRequest("f", "s")) },
        { "GET /v1/manifests/m/pack", c => c.Manifests.GetPackAsync("m") },
        { "POST /v1/notifications/targets", c => c.Notifications.CreateTargetAsync(new CreateNotificationTargetRequest("n", "g", "webhook", "https://x")) },
        { "GET /v1/notifications/targets", c => c.Notifications.ListTargetsAsync() },
        { "DELETE /v1/notifications/targets/t", c => c.Notifications.RemoveTargetAsync("t") },
        { "POST /v1/notifications/subscriptions", c => c.Notifications.SubscribeAsync(new SubscribeRequest("t", ["*"])) },
        { "GET /v1/notifications/subscriptions", c => c.Notifications.ListSubscriptionsAsync() },
        { "DELETE /v1/notifications/subscriptions/s", c => c.Notifications.UnsubscribeAsync("s") },
        { "GET /v1/notifications/deliveries?status=parked&target=t&limit=5&cursor=x", c => c.Notifications.ListDeliveriesAsync("parked", "t", 5, "x") },
        { "POST /v1/notifications/deliveries/m/retry", c => c.Notifications.RetryAsync("m") },
        { "POST /v1/notifications/deliveries/m/drop", c => c.Notifications.DropAsync("m") },
        { "POST /v1/cycles", c => c.Cycles.OpenAsync(new OpenCycleRequest("One", Day, Day)) },
        { "GET /v1/cycles?open=true", c => c.Cycles.ListAsync(open: true) },
        { "GET /v1/cycles/c", c => c.Cycles.GetAsync("c") },
        { "POST /v1/cycles/c/close", c => c.Cycles.CloseAsync("c", new CloseCycleRequest()) },
        { "GET /v1/cycles/c/digest", c => c.Cycles.GetDigestMarkdownAsync("c") },
        { "GET /v1/rulebook", c => c.Rulebook.GetAsync() },
        { "PUT /v1/rulebook", c => c.Rulebook.ActivateAsync(new Dictionary<string, string>()) },
        { "GET /v1/rulebooks/sha256%3A00", c => c.Rulebook.GetAsync("sha256:00") },
        { "POST /v1/rulebooks/validate", c => c.Rulebook.ValidateAsync(new Dictionary<string, string>()) },
        { "POST /v1/rulebooks", c => c.Rulebook.ProposeAsync(new Dictionary<string, string>()) },
        { "GET /v1/rulebooks?limit=5&cursor=x", c => c.Rulebook.ListAsync(5, "x") },
        { "GET /v1/rulebooks/sha256%3A00/dry-run?stream=cards&limit=5&cursor=x", c => c.Rulebook.DryRunAsync("sha256:00", "cards", 5, "x") },
        { "POST /v1/rulebooks/sha256%3A00/activate", c => c.Rulebook.ActivateAsync("sha256:00") },
        { "GET /v1/events?after=7&limit=3&types=PLAN_CREATED&entity=p", c => c.Events.ListAsync(7, 3, "PLAN_CREATED", "p") },
        { "POST /v1/keys", c => c.Keys.RegisterAsync(new RegisterKeyRequest("pem", "ada", "planning_lead", DateTimeOffset.UnixEpoch)) },
        { "GET /v1/keys", c => c.Keys.ListAsync() },
        { "DELETE /v1/keys/sha256%3A00", c => c.Keys.RevokeAsync("sha256:00") },
        { "POST /v1/api-keys", c => c.ApiKeys.CreateAsync(new CreateApiKeyRequest("ada", "person", [])) },
        { "GET /v1/api-keys", c => c.ApiKeys.ListAsync() },
        { "DELETE /v1/api-keys/k", c => c.ApiKeys.RevokeAsync("k") },
        { "PUT /v1/persons/ada", c => c.Persons.SaveAsync("ada", new SavePersonRequest("Ada")) },
        { "GET /v1/persons/ada", c => c.Persons.GetAsync("ada") },
        { "DELETE /v1/persons/ada", c => c.Persons.EraseAsync("ada") },
        { "GET /v1/audit", c => c.Audit.ListAsync() },
        { "GET /v1/audit?event_type=PLAN_APPROVAL&action=APPROVE&outcome=DENIED&actor=amy&resource_type=plan&resource_id=p&limit=9&cursor=x", c => c.Audit.ListAsync(new AuditQuery("PLAN_APPROVAL", "APPROVE", "DENIED", "amy", "plan", "p", Limit: 9, Cursor: "x")) },
        { "GET /health/live", c => c.Health.LiveAsync() },
        { "GET /health/ready", c => c.Health.ReadyAsync() },
    };

    [Theory, MemberData(nameof(Calls))]
    public async Task A_call_goes_to_its_route(string route, Func<PlanningClient, Task> call)
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Text(200, "{}"));
        using var client = server.Client();

        await call(client);

        var request = Assert.Single(server.Requests);
        Assert.Equal(route, $"{request.Method} {request.Target}");
        // Retrying and dropping a delivery, and activating what the server has, say it all in their address.
        var hasBody = request.Method is not ("GET" or "DELETE") && !route.StartsWith("POST /v1/notifications/deliveries/", StringComparison.Ordinal)
            && !route.EndsWith("/activate", StringComparison.Ordinal);
        Assert.Equal(hasBody, request.Header("Content-Type") is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(" ")]
    public async Task What_would_lead_to_another_route_is_no_id(string id)
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Text(200, "{}"));
        using var client = server.Client();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.Plans.GetAsync(id));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.Artifacts.GetAsync("p", $"a/{id}/b"));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Bytes_go_and_come_as_they_are()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, 0x00, 0xFF, (byte)'\r', (byte)'\n'];
        await using var server = await ScriptedServer.StartAsync(Steps.Text(200, "{}"), async http =>
        {
            http.Response.ContentType = "application/yaml; charset=utf-8";
            http.Response.Headers.ETag = "\"sha256:ab\"";
            await http.Response.Body.WriteAsync(bytes);
        });
        using var client = server.Client();

        await client.Artifacts.AttachAsync("p", "a.yaml", bytes);
        var content = await client.Artifacts.GetAsync("p", "a.yaml");

        Assert.Equal(bytes, server.Requests[0].Body);
        Assert.Equal(bytes, content.Bytes.ToArray());
        Assert.Equal(("sha256:ab", "application/yaml; charset=utf-8"), (content.ETag, content.ContentType));
    }

    [Fact]
    public async Task A_digest_comes_in_the_form_that_is_asked_for()
    {
        await using var server = await ScriptedServer.StartAsync(Steps.Refusal(503, "digest_not_ready", retryAfter: "0"), Steps.Text(200, "# Zyklus", "text/markdown"), Steps.Text(200, "{}"));
        using var client = server.Client();

        Assert.Equal("# Zyklus", await client.Cycles.GetDigestMarkdownAsync("c"));
        await client.Cycles.GetDigestJsonAsync("c");

        Assert.Equal(["text/markdown", "text/markdown", "application/json"], server.Requests.Select(r => r.Header("Accept")));
    }
}
