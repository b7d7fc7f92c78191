using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Plans;
using Planning.Engine.Digests;
using Planning.Engine.Entities;
using Planning.Engine.InMemory;
using Planning.Engine.Log;
using Planning.Engine.Reactors;
using Planning.InProcess;
using Xunit;

namespace Planning.Engine.Tests.Digests;

/// <summary>The reactor over the real cells, hosts and in-memory stores; nobody pumps, so each test says which event is reacted to and when.</summary>
public sealed class CycleReactorTests
{
    private static readonly WorkspaceId Workspace = GoldenHistory.Workspace;
    private static readonly Actor Lead = new(new PersonId("psn_lead"), ActorKind.Person, [Role.PlanningLead]);

    private readonly InMemoryEventLog log = new();
    private readonly InMemoryBlobStore blobs = new();
    private readonly InMemoryDigestStore digests = new();
    private readonly InProcessHost host;
    private readonly CycleReactor reactor;
    private int commands;

    public CycleReactorTests()
    {
        var rules = new GoldenHistory();
        var snapshots = new InMemorySnapshotStore();
        var services = new CellServices(log, snapshots, new SnapshotWriter(snapshots, NullLogger<SnapshotWriter>.Instance), rules, TimeProvider.System);
        host = new InProcessHost(new InProcessOptions(), () => services, TimeProvider.System);
        reactor = new CycleReactor(host, log, blobs, new DigestRenderer(rules, blobs), digests);
    }

    [Fact]
    public async Task Closing_a_cycle_carries_its_unfinished_plans_over_and_keeps_its_digest()
    {
        await OpenAsync("c1");
        await CreateAsync("p1", "c1");
        await CreateAsync("p2", "c1");
        await OpenAsync("c2");
        var closed = await CloseAsync("c1", "c2", known: ["p1"]);

        await reactor.ReactAsync(closed, default);

        Assert.Equal(("c2", "c2"), (await CycleOfAsync("p1"), await CycleOfAsync("p2")));
        var kept = await digests.FindAsync(Workspace, new CycleId("c1"), default);
        Assert.Equal(closed.Position, kept!.Position);
        var page = Encoding.UTF8.GetString((await blobs.GetAsync(Workspace, kept.Markdown, default))!.Value.Span);
        Assert.StartsWith("# Cycle digest: Cycle c1\n", page, StringComparison.Ordinal);
        Assert.Contains("`p2`", page, StringComparison.Ordinal);
        Assert.NotNull(await blobs.GetAsync(Workspace, kept.Json, default));
    }

    [Fact]
    public async Task Reacting_again_changes_nothing_even_when_more_has_happened_since()
    {
        await OpenAsync("c1");
        await CreateAsync("p1", "c1");
        await OpenAsync("c2");
        var closed = await CloseAsync("c1", "c2");
        await reactor.ReactAsync(closed, default);
        var first = await digests.FindAsync(Workspace, new CycleId("c1"), default);
        await CreateAsync("p2", "c2");
        var head = await log.HeadAsync(0, default);

        await reactor.ReactAsync(closed, default);

        Assert.Equal(first, await digests.FindAsync(Workspace, new CycleId("c1"), default));
        Assert.Equal(head, await log.HeadAsync(0, default));
    }

    [Fact]
    public async Task A_plan_made_for_a_cycle_that_has_just_closed_goes_on_in_the_first_open_one_after_it()
    {
        await OpenAsync("c1");
        await OpenAsync("c2");
        await OpenAsync("c3");
        await CloseAsync("c1", "c2");
        await CloseAsync("c2", "c3");
        await reactor.ReactAsync(await CreateAsync("late", "c1"), default);
        await reactor.ReactAsync(await CreateAsync("timely", "c3"), default);
        Assert.Equal(("c3", "c3"), (await CycleOfAsync("late"), await CycleOfAsync("timely")));
    }

    [Fact]
    public async Task A_plan_left_in_a_closed_cycle_goes_on_in_the_one_that_is_opened_to_follow_it()
    {
        await OpenAsync("c1");
        await CloseAsync("c1", next: null);
        await reactor.ReactAsync(await CreateAsync("late", "c1"), default);
        Assert.Equal("c1", await CycleOfAsync("late"));

        await reactor.ReactAsync(await OpenAsync("c2", follows: "c1"), default);

        Assert.Equal("c2", await CycleOfAsync("late"));
    }

    [Fact]
    public async Task Notes_that_are_not_in_the_blob_store_hold_the_digest_up_but_not_the_plans()
    {
        await OpenAsync("c1");
        await CreateAsync("p1", "c1");
        await OpenAsync("c2");
        var closed = await CloseAsync("c1", "c2", notes: new ContentHash("sha256:" + new string('9', 64)));

        await Assert.ThrowsAsync<InvalidDataException>(() => reactor.ReactAsync(closed, default));

        Assert.Equal("c2", await CycleOfAsync("p1"));
        Assert.Null(await digests.FindAsync(Workspace, new CycleId("c1"), default));
    }

    [Fact]
    public async Task Notes_reach_the_digest()
    {
        await OpenAsync("c1");
        var notes = await blobs.PutAsync(Workspace, "next_goals: [Instalments live]"u8.ToArray(), default);
        await reactor.ReactAsync(await CloseAsync("c1", null, notes: notes), default);
        var kept = await digests.FindAsync(Workspace, new CycleId("c1"), default);
        Assert.Contains("- Instalments live\n", Encoding.UTF8.GetString((await blobs.GetAsync(Workspace, kept!.Markdown, default))!.Value.Span), StringComparison.Ordinal);
    }

    private Task<StoredEvent> OpenAsync(string id, string? follows = null) => SendAsync(
        EntityKey.Of(Workspace, new CycleId(id)),
        new CycleCommand.Open(new CycleId(id), $"Cycle {id}", new DateOnly(2027, 1, 1), new DateOnly(2027, 1, 15), [], follows is null ? null : new CycleId(follows)));

    private Task<StoredEvent> CloseAsync(string id, string? next, string[]? known = null, ContentHash? notes = null) => SendAsync(
        EntityKey.Of(Workspace, new CycleId(id)),
        new CycleCommand.Close([.. (known ?? []).Select(p => new PlanId(p))], next is null ? null : new CycleId(next), notes));

    private Task<StoredEvent> CreateAsync(string id, string cycle) => SendAsync(
        EntityKey.Of(Workspace, new PlanId(id)),
        new PlanCommand.Create(new PlanId(id), $"Plan {id}", null, "payments", new CycleId(cycle), ImmutableSortedDictionary<string, string>.Empty));

    private async Task<StoredEvent> SendAsync(EntityKey entity, object command)
    {
        var accepted = Assert.IsType<Answer.Accepted>(await host.SendAsync(new CommandRequest(entity, command, Lead, $"cmd_{commands++}"), default));
        return Assert.Single(await log.ReadWorkspaceAsync(Workspace, accepted.Position - 1, 1, default));
    }

    private async Task<string> CycleOfAsync(string plan) => ((Plan)(await host.ReadAsync(EntityKey.Of(Workspace, new PlanId(plan)), default)).State).CycleId.Value;
}
