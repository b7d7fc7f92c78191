using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Planning.Client;
using Planning.Contracts;
using Planning.Domain;
using Planning.Engine.People;
using Planning.Gateway.Identity;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>Who is served, and as whom.</summary>
public sealed class IdentityTests
{
    private static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Without_any_key_the_machine_itself_is_served_and_health_says_so()
    {
        await using var backend = await Backend.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await backend.SendAsync(HttpMethod.Get, "/v1/plans")).Status);
        Assert.Equal("loopback_only", (await backend.SendAsync(HttpMethod.Get, "/health/ready")).Json.GetProperty("authentication").GetString());
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7", "keyless_forwarded")]
    [InlineData("Host", "planning.example", "keyless_host")]
    [InlineData("Origin", "https://evil.example", "keyless_cross_origin")]
    public async Task Without_any_key_nobody_is_served_through_the_machine(string header, string value, string code)
    {
        await using var backend = await Backend.StartAsync();

        Assert.Contains("API key", (await backend.SendAsync(HttpMethod.Get, "/v1/plans", null, (header, value))).MustBe(403, code).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("system")]
    [InlineData("ada lovelace")]
    [InlineData("ada;roles=king")]
    [InlineData("ada;workspace=other")]
    public async Task An_actor_header_that_cannot_be_read_is_refused(string header)
    {
        await using var backend = await Backend.StartAsync();

        (await backend.SendAsync(HttpMethod.Get, "/v1/plans", null, ("Planning-Actor", header))).MustBe(400, "actor_header_invalid");
    }

    [Fact]
    public async Task The_first_key_ends_the_time_without_keys()
    {
        await using var backend = await Backend.StartAsync();
        var created = await backend.As("root").ApiKeys.CreateAsync(new CreateApiKeyRequest("root", "person", ["admin"]));

        (await backend.SendAsync(HttpMethod.Get, "/v1/plans")).MustBe(401, "credential_missing");
        Assert.Single((await backend.WithKey(created.Token).ApiKeys.ListAsync()).Items);
        Assert.Equal("api_keys", (await backend.SendAsync(HttpMethod.Get, "/health/ready")).Json.GetProperty("authentication").GetString());
    }

    [Fact]
    public async Task A_key_is_refused_with_the_reason_once_it_is_unknown_malformed_revoked_or_expired()
    {
        await using var backend = await Backend.StartAsync();
        var good = await KeyAsync(backend, "default", "ada");
        var expired = await KeyAsync(backend, "default", "bob", expiresAt: Then.AddDays(1));
        var revoked = await KeyAsync(backend, "default", "eve");
        await backend.WithKey(good).ApiKeys.RevokeAsync(ApiKeyToken.Parse(revoked)!.KeyId);

        await RefusedAsync(good + "0", "credential_unknown");
        await RefusedAsync("plk_nothing", "credential_malformed");
        await RefusedAsync(expired, "credential_expired");
        await RefusedAsync(revoked, "credential_revoked");

        async Task RefusedAsync(string token, string code)
        {
            var reply = await backend.SendAsync(HttpMethod.Get, "/v1/plans", null, ("Authorization", "Bearer " + token));
            reply.MustBe(401, code);
            Assert.Equal("Bearer", reply.Headers["WWW-Authenticate"]);
        }
    }

    [Fact]
    public async Task With_a_key_nobody_can_say_to_be_somebody_else()
    {
        await using var backend = await Backend.StartAsync();
        var token = await KeyAsync(backend, "default", "ada");

        (await backend.SendAsync(HttpMethod.Get, "/v1/plans", null, ("Authorization", "Bearer " + token), ("Planning-Actor", "bob"))).MustBe(400, "actor_header_refused");
    }

    [Fact]
    public async Task Another_workspaces_plan_is_as_missing_as_one_that_never_was()
    {
        await using var backend = await Backend.StartAsync();
        var (mine, theirs) = (backend.WithKey(await KeyAsync(backend, "mine", "ada")), backend.WithKey(await KeyAsync(backend, "theirs", "bob")));
        await mine.Cycles.OpenAsync(new OpenCycleRequest("One", new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 14)));
        var plan = await mine.Plans.CreateAsync(new CreatePlanRequest("Mine", "s"));

        var hidden = await Assert.ThrowsAsync<PlanningApiException>(() => theirs.Plans.GetAsync(plan.Id));
        var missing = await Assert.ThrowsAsync<PlanningApiException>(() => theirs.Plans.GetAsync("pln_none"));
        var change = await Assert.ThrowsAsync<PlanningApiException>(() => theirs.Plans.UpdateAsync(plan.Id, new UpdatePlanRequest("Theirs")));

        Assert.Equal((hidden.Status, hidden.Code, hidden.Problem!.Detail), (missing.Status, missing.Code, missing.Problem!.Detail));
        Assert.Equal("plan_not_found", change.Code);
        Assert.Equal("Mine", (await mine.Plans.GetAsync(plan.Id)).Title);
        Assert.Empty((await theirs.Events.ListAsync()).Events);
    }

    [Fact]
    public async Task A_service_never_approves_whatever_its_roles()
    {
        await using var backend = await Backend.StartAsync();
        var ada = backend.WithKey(await KeyAsync(backend, "default", "ada"));
        await ada.Cycles.OpenAsync(new OpenCycleRequest("One", new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 14)));
        var plan = await ada.Plans.CreateAsync(new CreatePlanRequest("Mine", "s"));
        var robot = backend.WithKey(await KeyAsync(backend, "default", "robot", ActorKind.Service));

        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => robot.Approvals.RecordAsync(plan.Id, new ApproveRequest("approval", "approved")));

        Assert.Equal((HttpStatusCode.Forbidden, "person_required"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_person_can_be_named_and_erased()
    {
        await using var backend = await Backend.StartAsync();
        var client = backend.As("root");
        await client.Persons.SaveAsync("ada", new SavePersonRequest("Ada Lovelace", "ada@example.org"));

        Assert.Equal("Ada Lovelace", (await client.Persons.GetAsync("ada")).Name);
        await client.Persons.EraseAsync("ada");
        Assert.Equal("person_not_found", (await Assert.ThrowsAsync<PlanningApiException>(() => client.Persons.GetAsync("ada"))).Code);
    }

    private static async Task<string> KeyAsync(Backend backend, string workspace, string holder, ActorKind kind = ActorKind.Person, DateTimeOffset? expiresAt = null)
    {
        var (key, token) = ApiKeyToken.Issue(new WorkspaceId(workspace), new PersonId(holder), kind, Enum.GetValues<Role>(), Then, expiresAt);
        await backend.Services.GetRequiredService<IDirectory>().AddApiKeyAsync(key, default);
        return token.ToString();
    }
}
