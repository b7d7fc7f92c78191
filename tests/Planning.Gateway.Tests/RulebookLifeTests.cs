using System.Net;
using Planning.Client;
using Planning.Contracts;
using Planning.Gateway.Tests.Support;
using Xunit;

namespace Planning.Gateway.Tests;

/// <summary>A rulebook from the proposal to the roll-back.</summary>
public sealed class RulebookLifeTests : IAsyncLifetime
{
    private Backend backend = null!;
    private RulebookClient rulebook = null!;
    private IReadOnlyDictionary<string, string> shipped = null!;

    public async Task InitializeAsync()
    {
        backend = await Backend.StartAsync();
        rulebook = backend.As("root").Rulebook;
        shipped = (await rulebook.GetAsync()).Files;
    }

    public async Task DisposeAsync() => await backend.DisposeAsync();

    [Fact]
    public async Task A_proposal_can_be_read_and_nothing_lives_by_it()
    {
        var proposed = await rulebook.ProposeAsync(Ours("kpis.yaml"));

        Assert.Equal(("proposed", 1L), (proposed.Status, proposed.Version));
        Assert.Equal(shipped["kpis.yaml"] + "# Ours.\n", (await rulebook.GetAsync(proposed.Hash)).Files["kpis.yaml"]);
        Assert.True((await rulebook.GetAsync()).Shipped);
    }

    [Fact]
    public async Task What_is_wrong_is_listed_with_file_line_and_column_and_is_no_proposal()
    {
        var wrong = Changed("gates.yaml", "type: yaml_lint", "type: yaml_lnt");

        var check = await rulebook.ValidateAsync(wrong);
        var refused = await Assert.ThrowsAsync<PlanningApiException>(() => rulebook.ProposeAsync(wrong));

        var finding = Assert.Single(check.Findings);
        Assert.Equal((false, "rulebook.unknown_validator", "gates.yaml", "error"), (check.Valid, finding.Rule, finding.File, finding.Severity));
        Assert.Equal("yaml_lnt", wrong["gates.yaml"].Split('\n')[finding.Line - 1][(finding.Column - 1)..]);
        Assert.Equal(("rulebook_invalid", finding.Line), (refused.Code, Assert.Single(refused.Errors).Line));
        Assert.Empty((await rulebook.ListAsync()).Items);
    }

    [Fact]
    public async Task A_rulebook_without_errors_is_valid_and_is_not_kept()
    {
        var check = await rulebook.ValidateAsync(shipped);

        Assert.True(check is { Valid: true, Findings.Count: 0 });
        Assert.Equal((await rulebook.GetAsync()).Hash, check.Hash);
        Assert.Empty((await rulebook.ListAsync()).Items);
    }

    [Fact]
    public async Task A_proposal_is_activated_and_rolled_back_by_hash_and_the_history_tells_it()
    {
        var first = (await rulebook.ProposeAsync(Ours("kpis.yaml"))).Hash;
        await rulebook.ActivateAsync(first);
        var second = (await rulebook.ActivateAsync(Ours("sealing.yaml"))).Hash;
        var back = await rulebook.ActivateAsync(first);
        var home = await rulebook.ActivateAsync((await rulebook.ValidateAsync(shipped)).Hash);

        Assert.Equal((first, second), (back.Hash, back.Replaces));
        Assert.Equal((true, first), (home.Shipped, home.Replaces));
        var newest = await rulebook.ListAsync(limit: 3);
        var oldest = await rulebook.ListAsync(limit: 3, cursor: newest.NextCursor);
        Assert.Equal(
            [(home.Hash, "activated", true), (first, "activated", false), (second, "activated", false), (first, "activated", false), (first, "proposed", false)],
            newest.Items.Concat(oldest.Items).Select(i => (i.Hash, i.Event, i.Active)));
        Assert.All(newest.Items, i => Assert.Equal("root", i.By));
        Assert.Null(oldest.NextCursor);
    }

    [Fact]
    public async Task What_would_flip_is_told_plan_by_plan_and_nothing_of_it_happens()
    {
        var ada = backend.As("ada");
        var plan = await backend.NewPlanAsync();
        await ada.Artifacts.AttachAsync(plan.Id, "be_backlog.yaml", "version: 1.0.0\ntasks: 7\n"u8.ToArray());
        var other = await rulebook.ProposeAsync(shipped);
        var before = (await ada.Plans.GetAsync(plan.Id)).Version;

        var page = await rulebook.DryRunAsync(other.Hash);

        Assert.Equal((1, other.Hash, null), (page.Judged, page.RulebookHash, page.NextCursor));
        var flip = Assert.Single(Assert.Single(page.Items).Flips);
        Assert.Equal(("gate", "schema_lint", "passes", "fails"), (flip.Verdict, flip.Gate, flip.From, flip.To));
        Assert.Contains(flip.Because, b => b.Message.StartsWith("be_backlog.yaml:2:", StringComparison.Ordinal));
        Assert.Equal(before, (await ada.Plans.GetAsync(plan.Id)).Version);
        Assert.Empty((await ada.GateRuns.ListAsync(plan.Id)).Items);
    }

    [Fact]
    public async Task A_dry_run_of_many_plans_comes_in_pages()
    {
        var ada = backend.As("ada");
        await backend.NewPlanAsync();
        foreach (var stream in new[] { "cards", "payments" })
            await ada.Plans.CreateAsync(new CreatePlanRequest("A plan", stream));
        var hash = (await rulebook.ProposeAsync(shipped)).Hash;

        var first = await rulebook.DryRunAsync(hash, limit: 2);
        var rest = await rulebook.DryRunAsync(hash, limit: 2, cursor: first.NextCursor);

        Assert.Equal((2, 1, null), (first.Judged, rest.Judged, rest.NextCursor));
        Assert.Equal(1, (await rulebook.DryRunAsync(hash, stream: "cards")).Judged);
        Assert.Equal("cursor_invalid", (await Assert.ThrowsAsync<PlanningApiException>(() => rulebook.DryRunAsync(hash, "cards", cursor: first.NextCursor))).Code);
    }

    [Theory]
    [InlineData("?limit=0", 422, "limit_invalid")]
    [InlineData("?limit=51", 422, "limit_invalid")]
    [InlineData("?cursor=x", 400, "cursor_invalid")]
    public async Task What_cannot_be_asked_of_a_dry_run_is_refused_by_name(string query, int status, string code)
    {
        var hash = (await rulebook.ProposeAsync(shipped)).Hash;

        (await backend.SendAsync(HttpMethod.Get, $"/v1/rulebooks/{hash}/dry-run{query}")).MustBe(status, code);
    }

    [Fact]
    public async Task A_hash_that_nobody_proposed_is_not_there()
    {
        foreach (var act in new Func<Task>[] { () => rulebook.GetAsync("sha256:00"), () => rulebook.DryRunAsync("sha256:00"), () => rulebook.ActivateAsync("sha256:00") })
        {
            var refused = await Assert.ThrowsAsync<PlanningApiException>(act);
            Assert.Equal((HttpStatusCode.NotFound, "rulebook_not_found"), (refused.Status, refused.Code));
        }
    }

    [Fact]
    public async Task Everybody_may_look_and_admins_alone_may_change()
    {
        var reader = backend.As("ada", "planner").Rulebook;
        var hash = (await rulebook.ProposeAsync(Ours("kpis.yaml"))).Hash;

        Assert.True((await reader.ValidateAsync(shipped)).Valid);
        Assert.Equal(0, (await reader.DryRunAsync(hash)).Judged);
        Assert.Equal("role_missing", (await Assert.ThrowsAsync<PlanningApiException>(() => reader.ProposeAsync(shipped))).Code);
        Assert.Equal("role_missing", (await Assert.ThrowsAsync<PlanningApiException>(() => reader.ActivateAsync(hash))).Code);
    }

    private Dictionary<string, string> Ours(string file) => new(shipped) { [file] = shipped[file] + "# Ours.\n" };

    private Dictionary<string, string> Changed(string file, string old, string changed)
    {
        var at = shipped[file].IndexOf(old, StringComparison.Ordinal);
        return new(shipped) { [file] = shipped[file].Remove(at, old.Length).Insert(at, changed) };
    }
}
