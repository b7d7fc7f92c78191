using System.Net;
using Planning.Client;
using Planning.Contracts;
using Planning.Domain;
using Planning.Gateway.Audit;
using Planning.Testing;
using Xunit;

namespace Planning.Gateway.Tests.Audit;

/// <summary>What is answered while the security audit cannot be written, and how much a flood can write.</summary>
public sealed class AuditOutageTests
{
    private const string Approved = """{"kind":"approval","verdict":"approved"}""";

    [Fact]
    public async Task An_act_that_could_not_be_recorded_says_so_and_is_recorded_when_it_is_sent_again()
    {
        await using var world = await AuditWorld.StartAsync();
        var plan = await world.PlanAsync();
        (string, string)[] headers = [("Authorization", "Bearer " + await world.TokenAsync("amy", [Role.Approver])), ("Idempotency-Key", "once")];

        await world.Database.CloseAsync();
        var unrecorded = await world.Backend.PostAsync($"/v1/plans/{plan.Id}/approvals", Approved, headers);
        await world.Database.ReopenAsync();
        var again = await world.Backend.PostAsync($"/v1/plans/{plan.Id}/approvals", Approved, headers);

        unrecorded.MustBe(503, "act_unrecorded");
        Assert.True(unrecorded.Headers.ContainsKey("Retry-After"));
        Assert.False(unrecorded.Headers.ContainsKey("ETag"));
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal(("APPROVE", "SUCCESS", "once"), (await world.RecordsAsync()).Select(r => (r.Action, r.Outcome, r.CommandId)).Single());
        Assert.Single((await (await world.PersonAsync("otto", Role.Auditor)).Events.ListAsync(types: "APPROVAL_RECORDED")).Events);
    }

    [Fact]
    public async Task Nothing_is_done_beside_the_log_that_could_not_be_announced_and_nothing_is_shown()
    {
        await using var world = await AuditWorld.StartAsync();
        var admin = ("Authorization", "Bearer " + await world.TokenAsync("root", [Role.Admin, Role.Auditor]));

        await world.Database.CloseAsync();
        (await world.Backend.PostAsync("/v1/api-keys", """{"holder":"bob","kind":"person","roles":["planner"]}""", admin)).MustBe(503, "audit_unavailable");
        (await world.Backend.SendAsync(HttpMethod.Get, "/v1/api-keys", null, admin)).MustBe(503, "audit_unavailable");
        await world.Database.ReopenAsync();

        Assert.DoesNotContain("bob", (await world.Backend.SendAsync(HttpMethod.Get, "/v1/api-keys", null, admin)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_denial_stays_one_when_it_cannot_be_recorded_and_is_counted_in_the_next_record()
    {
        await using var world = await AuditWorld.StartAsync();
        var plan = await world.PlanAsync();
        var eve = ("Authorization", "Bearer " + await world.TokenAsync("eve", [Role.Planner]));

        await world.Database.CloseAsync();
        (await world.Backend.PostAsync($"/v1/plans/{plan.Id}/approvals", Approved, eve)).MustBe(403, "role_missing");
        await world.Database.ReopenAsync();
        (await world.Backend.PostAsync($"/v1/plans/{plan.Id}/approvals", Approved, eve)).MustBe(403, "role_missing");

        Assert.Equal(1, Assert.Single(await world.RecordsAsync()).Suppressed);
    }

    [Fact]
    public async Task A_flood_of_refusals_is_counted_and_not_written()
    {
        var world = await AuditWorld.StartAsync(new AuditOptions { RefusalsPerSource = 3 }, clock: new FakeTime());
        try
        {
            await world.TokenAsync("root", [Role.Admin]);
            for (var i = 0; i < 50; i++)
                (await world.Backend.SendAsync(HttpMethod.Get, "/v1/plans", null, ("Authorization", $"Bearer plk_{i}_0"))).MustBe(401, "credential_unknown");

            Assert.Equal(3, (await world.RecordsAsync(new AuditQuery(EventType: "AUTHENTICATION_FAILED"))).Count);
            await world.Backend.StopAsync();
            Assert.Equal("3 AUTHENTICATION_FAILED, 47 suppressed of 127.0.0.1", await world.ScalarAsync(
                """
                select count(*) filter (where event_type = 'AUTHENTICATION_FAILED') || ' AUTHENTICATION_FAILED, ' || sum(suppressed) || ' suppressed of ' || max(details ->> 'source')
                from planning.security_audit
                """));
        }
        finally
        {
            await world.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("", "127.0.0.1")]
    [InlineData("10.0.0.0/8", "127.0.0.1")]
    [InlineData("127.0.0.1, 10.0.0.0/8", "203.0.113.7")]
    public async Task Where_a_request_comes_from_only_a_trusted_proxy_says(string forwardedFrom, string recorded)
    {
        await using var world = await AuditWorld.StartAsync(forwardedFrom: forwardedFrom);
        await world.TokenAsync("root", [Role.Admin]);

        (await world.Backend.SendAsync(HttpMethod.Get, "/v1/plans", null, ("X-Forwarded-For", "198.51.100.1, 203.0.113.7, 10.1.2.3"))).MustBe(401, "credential_missing");

        Assert.Equal(recorded, Assert.Single(await world.RecordsAsync()).IpAddress);
    }
}
