using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Planning.Client;
using Planning.Contracts;
using Planning.Domain;
using Planning.Gateway.Audit;
using Planning.Gateway.Identity;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests.Audit;

/// <summary>Who reads the security audit, and what is in it at all.</summary>
public sealed class AuditReadingTests
{
    /// <summary>Who may do one of these decides, lets pass, proves, or gives and takes rights.</summary>
    private static readonly Permission[] Sensitive =
    [
        Permission.Withdraw, Permission.Waive, Permission.Approve, Permission.DecideForBoard, Permission.SignAsLead, Permission.SignAsReviewer,
        Permission.ManageKeys, Permission.ManageRulebook, Permission.ManageRoles, Permission.ManageEnvironments, Permission.ReadAudit, Permission.ApproveRefresh,
    ];

    [Fact]
    public async Task Every_route_for_something_sensitive_is_audited()
    {
        await using var backend = await Backend.StartAsync(pump: false);
        var sensitive = backend.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<Demand>() is { } demand && demand.AnyOf.Any(Sensitive.Contains)).ToArray();

        Assert.True(sensitive.Length >= 15, $"Only {sensitive.Length} routes were found.");
        Assert.Empty(sensitive.Where(e => e.Metadata.GetMetadata<Audited>() is null).Select(e => e.RoutePattern.RawText));
    }

    [Fact]
    public async Task What_leaves_no_event_in_the_log_is_announced()
    {
        await using var backend = await Backend.StartAsync(pump: false);

        var announced = backend.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<Audited>() is { Announced: true })
            .Select(e => $"{e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} {e.RoutePattern.RawText}").Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "DELETE /v1/api-keys/{key_id}", "DELETE /v1/calendar/feeds/{feed_id}", "DELETE /v1/keys/{fingerprint}", "DELETE /v1/notifications/targets/{target_id}",
                "DELETE /v1/persons/{person_id}", "POST /v1/api-keys", "POST /v1/api-keys/{key_id}/step-up", "POST /v1/calendar/feeds", "POST /v1/keys", "POST /v1/notifications/targets",
                "PUT /v1/persons/{person_id}",
            ],
            announced);
    }

    [Fact]
    public async Task Auditors_alone_read_it_and_their_reading_is_recorded()
    {
        await using var world = await AuditWorld.StartAsync();
        var root = await world.PersonAsync("root", [.. Enum.GetValues<Role>().Where(r => r != Role.Auditor)]);
        var auditor = await world.PersonAsync("otto", Role.Auditor);

        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => root.Audit.ListAsync());
        var first = await auditor.Audit.ListAsync();
        var second = await auditor.Audit.ListAsync(new AuditQuery(Actor: "otto"));

        Assert.Equal((HttpStatusCode.Forbidden, "role_missing"), (refused.Status, refused.Code));
        Assert.Equal("PERMISSION_CHECK_FAILED", Assert.Single(first.Items).EventType);
        Assert.Equal(("AUDIT_VIEW", "VIEW", "SUCCESS", "otto"), second.Items.Select(r => (r.EventType, r.Action, r.Outcome, r.Actor)).Single());
    }

    [Fact]
    public async Task Another_workspace_sees_nothing()
    {
        await using var world = await AuditWorld.StartAsync();
        var amy = await world.PersonAsync("amy", Role.Approver);
        await Assert.ThrowsAsync<PlanningApiException>(() => amy.Approvals.RecordAsync("pln_none", new ApproveRequest("approval", "approved")));

        Assert.Single(await world.RecordsAsync());
        Assert.Empty(await world.RecordsAsync(workspace: "theirs"));
    }

    [Fact]
    public async Task All_pages_together_are_all_records()
    {
        await using var world = await AuditWorld.StartAsync();
        var amy = await world.PersonAsync("amy", Role.Approver);
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<PlanningApiException>(() => amy.Approvals.RecordAsync($"pln_{i}", new ApproveRequest("approval", "approved")));
        var auditor = await world.PersonAsync("otto", Role.Auditor);
        var query = new AuditQuery(EventType: "PLAN_APPROVAL", Action: "APPROVE", Outcome: "FAILED", Actor: "amy", ResourceType: "plan", From: DateTimeOffset.UnixEpoch, Limit: 2);

        var seen = new List<string?>();
        for (var page = await auditor.Audit.ListAsync(query); ; page = await auditor.Audit.ListAsync(query with { Cursor = page.NextCursor }))
        {
            seen.AddRange(page.Items.Select(r => r.ResourceId));
            if (page.NextCursor is null)
                break;
        }

        Assert.Equal(["pln_4", "pln_3", "pln_2", "pln_1", "pln_0"], seen);
        var all = new List<string?>();
        await foreach (var record in auditor.Audit.ListAllAsync(query))
            all.Add(record.ResourceId);
        Assert.Equal(seen, all);
        Assert.Equal("pln_3", (await auditor.Audit.ListAsync(query with { ResourceId = "pln_3" })).Items.Single().ResourceId);
        Assert.Empty((await auditor.Audit.ListAsync(query with { From = null, To = DateTimeOffset.UnixEpoch })).Items);
    }

    [Theory]
    [InlineData("event_type=APPROVAL", 422, "filter_invalid", "event_type")]
    [InlineData("action=approve", 422, "filter_invalid", "action")]
    [InlineData("outcome=OK", 422, "filter_invalid", "outcome")]
    [InlineData("actor=ada%20lovelace", 422, "filter_invalid", "actor")]
    [InlineData("from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", 422, "filter_invalid", "to")]
    [InlineData("from=yesterday", 400, "parameter_invalid", "from")]
    [InlineData("who=ada", 400, "parameter_unknown", "who")]
    [InlineData("limit=201", 422, "limit_invalid", null)]
    [InlineData("cursor=x", 400, "cursor_invalid", null)]
    public async Task A_filter_that_nothing_can_match_is_refused_by_name(string query, int status, string code, string? named)
    {
        await using var backend = await Backend.StartAsync(pump: false);

        var problem = (await backend.SendAsync(HttpMethod.Get, "/v1/audit?" + query)).MustBe(status, code);

        Assert.Equal(named, problem.Errors.SingleOrDefault()?.Source);
    }
}
