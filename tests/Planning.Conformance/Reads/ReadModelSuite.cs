using Microsoft.Extensions.Logging.Abstractions;
using Planning.Conformance.Harness;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.InMemory;
using Planning.Engine.Pump;
using Planning.Engine.Reads;
using Planning.Postgres.Reads;
using Xunit;

namespace Planning.Conformance.Reads;

/// <summary>What lists and searches must answer, whatever keeps them.</summary>
public abstract class ReadModelSuite : IAsyncLifetime
{
    private static readonly PageRequest All = new(null, 200);

    protected static readonly WorkspaceId Workspace = History.Workspace;

    protected History History { get; } = new();

    protected abstract IReadModels Reads { get; }

    protected abstract IEventConsumer Consumer { get; }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Plans_come_newest_first_and_a_change_between_two_pages_moves_none()
    {
        for (var i = 1; i <= 5; i++)
            await History.CreateAsync($"pln_{i}");
        await CatchUpAsync();

        var first = await ListAsync(new(), new(null, 2));
        await History.PlanAsync("pln_1", new PlanCommand.Update(new GateRunId("gtr_1"), Title: "Cards"));
        await History.PlanAsync("pln_5", new PlanCommand.Update(new GateRunId("gtr_1"), Title: "Cards"));
        await CatchUpAsync();
        var second = await ListAsync(new(), new(first.Next, 2));
        var third = await ListAsync(new(), new(second.Next, 2));

        Assert.Equal(["pln_5", "pln_4"], Ids(first));
        Assert.Equal(["pln_3", "pln_2"], Ids(second));
        Assert.Equal(["pln_1"], Ids(third));
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task A_page_that_ends_with_the_list_has_no_next()
    {
        await History.CreateAsync("pln_1");
        await History.CreateAsync("pln_2");
        await CatchUpAsync();

        Assert.Null((await ListAsync(new(), new(null, 2))).Next);
    }

    [Fact]
    public async Task Filters_hold_together()
    {
        await History.CreateAsync("pln_1", "Card payments", tags: ("criticality", "0"));
        await History.CreateAsync("pln_2", "Card refunds", "refunds", "cyc_2", priority: 1, by: History.Other);
        await History.CreateAsync("pln_3", "Éclair: payment of cards", "refunds", tags: [("criticality", "1"), ("compliance", "sox")]);
        await History.TriggerAsync("pln_1", Trigger.Withdraw);
        await CatchUpAsync();

        await AssertListAsync(new(Status: PlanStatus.Withdrawn), "pln_1");
        await AssertListAsync(new(Stream: "refunds"), "pln_3", "pln_2");
        await AssertListAsync(new(Stream: "refunds", Author: History.Other.Id), "pln_2");
        await AssertListAsync(new(CycleId: new("cyc_2")), "pln_2");
        await AssertListAsync(new(Priority: 1), "pln_3", "pln_2");
        await AssertListAsync(new(Tag: new("criticality", "1")), "pln_3");
        await AssertListAsync(new(Tag: new("criticality", "2")));
        await AssertListAsync(new(Status: PlanStatus.Planned, Stream: "refunds", Priority: 1, Tag: new("compliance", "sox"), Text: "card"), "pln_3");
    }

    [Fact]
    public async Task Every_word_of_a_search_begins_a_word_of_the_title()
    {
        await History.CreateAsync("pln_1", "Card payments, phase 2");
        await History.CreateAsync("pln_2", "Éclair: payment of cards");
        await CatchUpAsync();

        await AssertListAsync(new(Text: "PAYMENT card"), "pln_2", "pln_1");
        await AssertListAsync(new(Text: "éc"), "pln_2");
        await AssertListAsync(new(Text: "payments 2"), "pln_1");
        await AssertListAsync(new(Text: "ard"));
        await AssertListAsync(new(Text: "card missing"));
        await AssertListAsync(new(Text: " - "), "pln_2", "pln_1");
        await AssertListAsync(new(Text: "100% _"));
    }

    [Fact]
    public async Task A_search_follows_the_title_and_the_tags_as_they_are_now()
    {
        await History.CreateAsync("pln_1", "Card payments", tags: ("criticality", "0"));
        await CatchUpAsync();
        await History.PlanAsync("pln_1", new PlanCommand.Update(new GateRunId("gtr_1"), Title: "Refunds"));
        await History.AttachAsync("pln_1", "be_backlog.yaml", "v1", new ArtifactFacts(Tags("compliance", "sox"), new TaskSummary(3, 8.5m, 1)));
        await CatchUpAsync();

        await AssertListAsync(new(Text: "card"));
        await AssertListAsync(new(Text: "ref", Tag: new("compliance", "sox")), "pln_1");
        var row = Assert.Single((await ListAsync(new(), All)).Items);
        Assert.Equal((3, 8.5m, 0, 3L, 3L), (row.TaskCount, row.Points, row.Priority, row.Version, row.Position));
        Assert.Equal("0 sox", $"{row.Tags["criticality"]} {row.Tags["compliance"]}");
        Assert.Equal(TimeSpan.FromSeconds(2), row.UpdatedAt - row.CreatedAt);
    }

    [Fact]
    public async Task A_gate_run_is_listed_from_its_start_and_with_its_end()
    {
        await History.CreateAsync("pln_1");
        await History.CreateAsync("pln_2");
        await History.TriggerAsync("pln_1", Trigger.ValidateComplete);
        await CatchUpAsync();
        Assert.Equal(Trigger.ValidateComplete, (await ListAsync(new(), All)).Items[1].Pending);
        var running = Assert.Single((await Reads.ListGateRunsAsync(Workspace, new PlanId("pln_1"), All, default)).Items);
        Assert.Equal((null, 0, null), (running.Outcome, running.FindingCount, running.FinishedAt));

        await History.EndGateAsync("pln_1", passed: false, findings: 7);
        await History.TriggerAsync("pln_2", Trigger.ValidateComplete);
        await History.EndGateAsync("pln_2");
        await CatchUpAsync();

        var runs = (await Reads.ListGateRunsAsync(Workspace, null, All, default)).Items;
        Assert.Equal([("pln_2", "passed", 0), ("pln_1", "failed", 7)], runs.Select(r => (r.PlanId.Value, r.Outcome!, r.FindingCount)));
        Assert.All(runs, r => Assert.Equal(("schema_lint", true), (r.Gate, r.FinishedAt > r.StartedAt)));
        Assert.Null((await ListAsync(new(), All)).Items[1].Pending);
    }

    [Fact]
    public async Task A_manifest_is_listed_with_its_signatures_and_when_it_was_sealed()
    {
        await History.MakeManifestAsync("hnd_1", "pln_1");
        await History.MakeManifestAsync("hnd_2", "pln_1", number: 2);
        await History.MakeManifestAsync("hnd_3", "pln_2");
        await History.SignAsync("hnd_1", signers: 2);
        await History.SignAsync("hnd_2", signers: 1);
        await CatchUpAsync();

        var found = (await Reads.ListManifestsAsync(Workspace, new PlanId("pln_1"), All, default)).Items;
        Assert.Equal([("hnd_2", 1, false, "hnd_before"), ("hnd_1", 2, true, null)], found.Select(m => (m.Id.Value, m.Signatures, m.Sealed, m.Supersedes?.Value)));
        Assert.Equal([false, true], found.Select(m => m.SealedAt is not null));
        Assert.Equal(3, (await Reads.ListManifestsAsync(Workspace, null, All, default)).Items.Length);
    }

    [Fact]
    public async Task The_present_cycle_is_the_open_one_that_was_opened_last()
    {
        Assert.Null(await Reads.PresentCycleAsync(Workspace, default));
        foreach (var id in new[] { "cyc_1", "cyc_3", "cyc_2" })
            await History.OpenCycleAsync(id);
        await CatchUpAsync();
        Assert.Equal("cyc_2", (await Reads.PresentCycleAsync(Workspace, default))?.Value);

        await History.CloseCycleAsync("cyc_2", "cyc_1", "pln_1");
        await CatchUpAsync();

        Assert.Equal("cyc_3", (await Reads.PresentCycleAsync(Workspace, default))?.Value);
        Assert.Equal(["cyc_3", "cyc_1"], (await Reads.ListCyclesAsync(Workspace, true, All, default)).Items.Select(c => c.Id.Value));
        var closed = Assert.Single((await Reads.ListCyclesAsync(Workspace, false, All, default)).Items);
        Assert.Equal(("cyc_2", "cyc_1", false), (closed.Id.Value, closed.NextCycle?.Value, closed.ClosedAt is null));
        Assert.Equal(3, (await Reads.ListCyclesAsync(Workspace, null, All, default)).Items.Length);
    }

    [Fact]
    public async Task The_open_plans_of_a_cycle_are_those_that_are_neither_completed_nor_withdrawn()
    {
        foreach (var id in new[] { "pln_2", "pln_1", "pln_3" })
            await History.CreateAsync(id);
        await History.CreateAsync("pln_4", cycle: "cyc_2");
        await History.TriggerAsync("pln_3", Trigger.Withdraw);
        await CatchUpAsync();

        Assert.Equal(["pln_1", "pln_2"], (await Reads.OpenPlansAsync(Workspace, new CycleId("cyc_1"), default)).Select(p => p.Value));
    }

    [Fact]
    public async Task The_last_executed_plan_of_a_stream_is_the_one_that_was_executed_last()
    {
        foreach (var id in new[] { "pln_1", "pln_2", "pln_3" })
            await History.CreateAsync(id, stream: id == "pln_3" ? "refunds" : "payments");
        foreach (var id in new[] { "pln_2", "pln_1", "pln_3" })
            await History.ExecuteAsync(id);
        await CatchUpAsync();

        Assert.Equal("pln_1", (await Reads.LastExecutedAsync(Workspace, "payments", new PlanId("pln_9"), default))?.Value);
        Assert.Equal("pln_2", (await Reads.LastExecutedAsync(Workspace, "payments", new PlanId("pln_1"), default))?.Value);
        Assert.Null(await Reads.LastExecutedAsync(Workspace, "refunds", new PlanId("pln_3"), default));
    }

    [Fact]
    public async Task A_cursor_of_other_filters_another_list_or_another_workspace_is_refused()
    {
        await History.CreateAsync("pln_1");
        await History.CreateAsync("pln_2");
        await CatchUpAsync();
        var cursor = (await ListAsync(new(Stream: "payments"), new(null, 1))).Next;
        var page = new PageRequest(cursor, 1);

        Assert.Equal(["pln_1"], Ids(await ListAsync(new(Stream: "payments"), page)));
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await ListAsync(new(), page));
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Reads.ListCyclesAsync(Workspace, null, page, default));
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Reads.ListPlansAsync(new("wsp_two"), new(Stream: "payments"), page, default));
        foreach (var broken in new[] { "", "7", "%%%", cursor + "AAAA" })
            await Assert.ThrowsAsync<InvalidCursorException>(async () => await ListAsync(new(Stream: "payments"), new(broken, 1)));
    }

    [Fact]
    public async Task A_workspace_sees_its_own_alone()
    {
        await History.CreateAsync("pln_1");
        await History.CreateAsync("pln_1", "Other", workspace: new("wsp_two"));
        await CatchUpAsync();

        Assert.Equal("Payments", Assert.Single((await ListAsync(new(), All)).Items).Title);
        Assert.Equal("Other", Assert.Single((await Reads.ListPlansAsync(new("wsp_two"), new(), All, default)).Items).Title);
        Assert.Empty((await Reads.ListPlansAsync(new("wsp_three"), new(), All, default)).Items);
    }

    protected abstract Task CatchUpAsync();

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> Tags(string name, string value) =>
        System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add(name, value);

    private static IEnumerable<string> Ids(Page<PlanRow> page) => page.Items.Select(p => p.Id.Value);

    private ValueTask<Page<PlanRow>> ListAsync(PlanFilter filter, PageRequest page) => Reads.ListPlansAsync(Workspace, filter, page, default);

    private async Task AssertListAsync(PlanFilter filter, params string[] expected) => Assert.Equal(expected, Ids(await ListAsync(filter, All)));
}

public sealed class InMemoryReadModelTests : ReadModelSuite
{
    private readonly InMemoryReadModels models = new();

    protected override IReadModels Reads => models;

    protected override IEventConsumer Consumer => models;

    protected override Task CatchUpAsync() => History.FeedAsync(Consumer, leaseEpoch: 1);
}

public sealed class PostgresReadModelTests : ReadModelSuite
{
    private ProjectedDatabase database = null!;

    protected override IReadModels Reads => database.Reads;

    protected override IEventConsumer Consumer => database.Projection;

    public override async Task InitializeAsync() => database = await ProjectedDatabase.CreateAsync(History);

    public override Task DisposeAsync() => database.DisposeAsync().AsTask();

    protected override Task CatchUpAsync() => History.FeedAsync(Consumer, ProjectedDatabase.LeaseEpoch);
}
