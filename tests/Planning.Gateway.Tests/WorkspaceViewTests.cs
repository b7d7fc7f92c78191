using System.Net;
using Planning.Client;
using Planning.Contracts;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>What a whole workspace comes to now: compliance and KPIs.</summary>
public sealed class WorkspaceViewTests : IAsyncLifetime
{
    private Backend backend = null!;
    private PlanningClient ada = null!;

    public async Task InitializeAsync()
    {
        backend = await Backend.StartAsync();
        ada = backend.As("ada");
        await ada.Cycles.OpenAsync(new OpenCycleRequest("One", new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 14)));
    }

    public async Task DisposeAsync() => await backend.DisposeAsync();

    [Fact]
    public async Task Every_open_plan_is_listed_with_all_that_it_misses()
    {
        var critical = await CreateAsync("payments", ("criticality", "0"));
        var plain = await CreateAsync("payments");

        var page = await ada.Compliance.ListAsync();

        Assert.Equal([plain.Id, critical.Id], page.Items.Select(i => i.PlanId));
        Assert.Equal([true, false], page.Items.Select(i => i.Compliant));
        Assert.Equal(
            ["approvals_missing", "board_decision_missing", "emergency_contact_missing", "rollback_plan_missing"],
            page.Items[1].Missing.Select(m => m.Code).Order(StringComparer.Ordinal));
        Assert.All(page.Items[1].Missing, m => Assert.Equal("governance:critical_zero", m.Source));
        Assert.Equal(("PLANNED", critical.ContentHash, false), (page.Items[1].Status, page.Items[1].ContentHash, page.Items[1].ViolationRecorded));
        Assert.Equal(plain.Position, page.Position);
    }

    [Fact]
    public async Task The_list_is_narrowed_and_comes_in_pages()
    {
        var cards = await CreateAsync("cards", ("criticality", "0"));
        await CreateAsync("payments", ("criticality", "0"));
        await CreateAsync("cards");

        Assert.Equal([cards.Id], (await ada.Compliance.ListAsync(compliant: false, stream: "cards")).Items.Select(i => i.PlanId));
        var first = await ada.Compliance.ListAsync(limit: 2);
        var rest = await ada.Compliance.ListAsync(limit: 2, cursor: first.NextCursor);
        Assert.Equal((2, 1, null), (first.Items.Count, rest.Items.Count, rest.NextCursor));
        Assert.Equal([cards.Id], rest.Items.Select(i => i.PlanId));
    }

    [Theory]
    [InlineData("?limit=0", "limit_invalid")]
    [InlineData("?limit=201", "limit_invalid")]
    [InlineData("?cursor=x", "cursor_invalid")]
    [InlineData("?compliant=perhaps", "parameter_invalid")]
    [InlineData("?state=open", "parameter_unknown")]
    [InlineData("?min_position=-1", "min_position_invalid")]
    public async Task What_cannot_be_asked_for_is_refused_by_name(string query, string code)
    {
        var answer = await backend.SendAsync(HttpMethod.Get, "/v1/compliance" + query);

        Assert.Equal(code, answer.Json.GetProperty("code").GetString());
        Assert.InRange((int)answer.Status, 400, 422);
    }

    [Fact]
    public async Task A_cursor_of_one_list_is_none_of_another()
    {
        await CreateAsync("cards");
        await CreateAsync("cards");
        var cursor = (await ada.Compliance.ListAsync(limit: 1)).NextCursor;

        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => ada.Compliance.ListAsync(stream: "cards", limit: 1, cursor: cursor));

        Assert.Equal("cursor_invalid", refused.Code);
    }

    [Fact]
    public async Task An_open_cycle_has_its_kpis_at_once_and_says_no_data_where_there_is_none()
    {
        using var story = new Story(backend);
        var manifest = await story.SealedAsync();
        await story.ExecutedAsync(manifest);

        var kpis = await ada.Cycles.GetKpisAsync(story.CycleId);

        Assert.Equal(["planning_velocity", "quality_gate_pass_rate", "handoff_success_rate", "cycle_time", "defect_escape_rate"], kpis.Kpis.Select(k => k.Name));
        var handoffs = kpis.Kpis.Single(k => k.Name == "handoff_success_rate");
        Assert.Equal((100m, "met", "higher_is_better"), (handoffs.Value, handoffs.Status, handoffs.Direction));
        Assert.Equal([("handoffs_executed", 1m), ("handoffs_sealed", 1m)], handoffs.Inputs.Select(i => (i.Name, i.Value!.Value)));
        Assert.All(handoffs.Inputs, i => Assert.NotEqual(0, i.Events));

        var empty = await ada.Cycles.OpenAsync(new OpenCycleRequest("Two", new DateOnly(2026, 1, 15), new DateOnly(2026, 1, 31)));
        Assert.All((await ada.Cycles.GetKpisAsync(empty.Id)).Kpis, k => Assert.Equal((null, "no_data"), (k.Value, k.Status)));
    }

    [Fact]
    public async Task A_closed_cycle_points_to_its_digest_and_an_unknown_one_is_not_there()
    {
        var cycle = await ada.Cycles.OpenAsync(new OpenCycleRequest("Two", new DateOnly(2026, 1, 15), new DateOnly(2026, 1, 31)));
        await ada.Cycles.CloseAsync(cycle.Id, new CloseCycleRequest());

        Assert.Equal("cycle_closed", (await Assert.ThrowsAsync<PlanningApiException>(() => ada.Cycles.GetKpisAsync(cycle.Id))).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await backend.SendAsync(HttpMethod.Get, "/v1/cycles/cyc_none/kpis")).Status);
    }

    private Task<PlanView> CreateAsync(string stream, params (string Name, string Value)[] tags) =>
        ada.Plans.CreateAsync(new CreatePlanRequest("A plan", stream, Tags: tags.ToDictionary(t => t.Name, t => t.Value)));
}
