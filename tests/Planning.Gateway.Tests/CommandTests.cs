using System.Net;
using Planning.Client;
using Planning.Contracts;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>What every command has: its position, its version, and one effect per key.</summary>
public sealed class CommandTests : IAsyncLifetime
{
    private Backend backend = null!;
    private PlanView plan = null!;

    public async Task InitializeAsync()
    {
        backend = await Backend.StartAsync();
        plan = await backend.NewPlanAsync();
    }

    public async Task DisposeAsync() => await backend.DisposeAsync();

    [Fact]
    public async Task An_answer_to_a_command_has_position_and_version_in_head_and_body()
    {
        var reply = await backend.SendAsync(HttpMethod.Patch, $"/v1/plans/{plan.Id}", Backend.Json("{\"title\":\"Another\"}"), ("If-Match", $"\"{plan.Version}\""));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("\"2\"", reply.Headers["ETag"]);
        Assert.Equal(reply.Json.GetProperty("position").ToString(), reply.Headers["Planning-Position"]);
        Assert.Equal(2, reply.Json.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task A_created_plan_has_its_address()
    {
        var reply = await backend.PostAsync("/v1/plans", "{\"title\":\"T\",\"stream\":\"s\"}");

        Assert.Equal(HttpStatusCode.Created, reply.Status);
        Assert.Equal($"/v1/plans/{reply.Json.GetProperty("id")}", reply.Headers["Location"]);
    }

    [Fact]
    public async Task A_create_that_is_sent_again_finds_the_plan_that_it_made()
    {
        var once = await backend.PostAsync("/v1/plans", "{\"title\":\"T\",\"stream\":\"s\"}", ("Idempotency-Key", "k-1"));
        var head = await backend.Log.HeadAsync(0, default);
        var again = await backend.PostAsync("/v1/plans", "{\"title\":\"T\",\"stream\":\"s\"}", ("Idempotency-Key", "k-1"));

        Assert.Equal(once.Body, again.Body);
        Assert.Equal(once.Headers["Planning-Position"], again.Headers["Planning-Position"]);
        Assert.Equal(head, await backend.Log.HeadAsync(0, default));
    }

    [Fact]
    public async Task A_key_that_comes_again_with_another_body_is_refused()
    {
        await backend.PostAsync("/v1/plans", "{\"title\":\"T\",\"stream\":\"s\"}", ("Idempotency-Key", "k-1"));

        (await backend.PostAsync("/v1/plans", "{\"title\":\"U\",\"stream\":\"s\"}", ("Idempotency-Key", "k-1"))).MustBe(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task A_key_of_one_person_never_swallows_the_command_of_another()
    {
        const string approval = "{\"kind\":\"approval\",\"verdict\":\"approved\"}";
        var bob = await backend.PostAsync($"/v1/plans/{plan.Id}/approvals", approval, ("Idempotency-Key", "k-1"), ("Planning-Actor", "bob;roles=approver"));

        Assert.Equal(HttpStatusCode.OK, bob.Status);
        (await backend.PostAsync($"/v1/plans/{plan.Id}/approvals", approval, ("Idempotency-Key", "k-1"), ("Planning-Actor", "eve;roles=approver"))).MustBe(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task A_command_that_finds_its_effect_in_place_emits_nothing()
    {
        var same = await backend.As("ada").Plans.UpdateAsync(plan.Id, new UpdatePlanRequest(Title: plan.Title));

        Assert.Equal((plan.Version, plan.Position), (same.Version, same.Position));
    }

    [Fact]
    public async Task A_list_that_names_a_position_shows_what_was_written_there()
    {
        var client = backend.As("ada");
        for (var i = 0; i < 20; i++)
        {
            var made = await client.Plans.CreateAsync(new CreatePlanRequest($"Plan {i}", "s"));
            var page = await client.Plans.ListAsync(new PlanQuery(Text: $"Plan {i}", MinPosition: made.Position));
            Assert.Contains(page.Items, p => p.Id == made.Id && p.Position == made.Position);
        }
    }

    [Fact]
    public async Task A_list_whose_position_does_not_come_says_so_in_time()
    {
        await using var still = await Backend.StartAsync(new GatewayOptions { MinPositionWait = TimeSpan.FromMilliseconds(50) }, pump: false);

        var reply = await still.SendAsync(HttpMethod.Get, "/v1/plans?min_position=1");

        reply.MustBe(503, "read_models_behind");
        Assert.Equal("1", reply.Headers["Retry-After"]);
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_double()
    {
        var client = backend.As("ada");
        var last = plan;
        for (var i = 0; i < 7; i++)
            last = await client.Plans.CreateAsync(new CreatePlanRequest($"P{i}", "s"));
        await client.Plans.ListAsync(new PlanQuery(MinPosition: last.Position));

        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await client.Plans.ListAsync(limit: 3, cursor: cursor);
            ids.AddRange(page.Items.Select(p => p.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(8, ids.Distinct().Count());
        Assert.Equal(8, ids.Count);
    }

    [Fact]
    public async Task A_plan_needs_an_open_cycle()
    {
        await using var empty = await Backend.StartAsync();

        (await empty.PostAsync("/v1/plans", "{\"title\":\"T\",\"stream\":\"s\"}")).MustBe(409, "no_open_cycle");
        (await empty.PostAsync("/v1/plans", "{\"title\":\"T\",\"stream\":\"s\",\"cycle_id\":\"cyc_none\"}")).MustBe(422, "cycle_unknown");
    }

    [Fact]
    public async Task A_clone_has_the_content_and_none_of_the_approvals()
    {
        var ada = backend.As("ada");
        await ada.Artifacts.AttachAsync(plan.Id, "story_map.md", "# Map"u8.ToArray());
        await backend.As("bob", "approver").Approvals.RecordAsync(plan.Id, new ApproveRequest("approval", "approved"));

        var clone = await ada.Plans.CloneAsync(plan.Id, new ClonePlanRequest(Title: "Again"));

        Assert.Equal((plan.Id, "Again", "PLANNED"), (clone.ClonedFrom, clone.Title, clone.Status));
        Assert.Equal(["story_map.md"], clone.Artifacts.Select(a => a.Name));
        Assert.Empty(clone.Approvals);
    }
}
