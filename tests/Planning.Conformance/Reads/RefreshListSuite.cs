using System.Collections.Immutable;
using Npgsql;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Engine.InMemory;
using Planning.Engine.Reads;
using Planning.Testing;
using Xunit;

namespace Planning.Conformance.Reads;

/// <summary>What lists of refreshes and of their history show, and to whom, whatever keeps them.</summary>
public abstract class RefreshListSuite : IAsyncLifetime
{
    private static readonly PageRequest All = new(null, 200);
    private static readonly EnvironmentTreeId One = new("etr_1"), Two = new("etr_2");
    private static readonly EnvironmentId Qa = new("env_1"), Lab = new("env_2");
    private static readonly DateTimeOffset Start = new FakeTime().GetUtcNow();

    private static readonly Actor Owner = Person("per_owner", "platform", "the lab"), User = Person("per_user", "payments"), Requester = Person("per_requester"), Told = Person("per_told", "odd \"{name}\"");
    private static readonly Actor Stranger = Person("per_stranger", "strangers"), Auditor = new(new PersonId("per_auditor"), ActorKind.Person, [Role.Auditor]);

    protected History History { get; } = new();

    protected abstract IReadModels Reads { get; }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_refresh_is_seen_by_its_requester_by_who_is_told_and_by_who_sees_its_environment()
    {
        await PrepareAsync();

        Assert.Equal(["rfr_lab", "rfr_qa"], await RefreshesAsync(Owner));
        Assert.Equal(["rfr_qa"], await RefreshesAsync(User));
        Assert.Equal(["rfr_lab", "rfr_qa"], await RefreshesAsync(Requester));
        Assert.Equal(["rfr_lab"], await RefreshesAsync(Told));
        Assert.Empty(await RefreshesAsync(Stranger));
        Assert.Empty(await RefreshesAsync(Stranger with { Groups = [] }));
        Assert.Equal(["rfr_lab", "rfr_qa"], await RefreshesAsync(Auditor));
        Assert.Equal(["rfr_lab", "rfr_qa"], await RefreshesAsync(Stranger with { Roles = [Role.Admin] }));
        Assert.Empty((await Reads.ListRefreshesAsync(new Viewer(new WorkspaceId("wsp_two"), Requester.Id, Owner.Groups, SeesAll: true), new(), All, default)).Items);
    }

    [Fact]
    public async Task Who_is_told_changes_with_the_draft()
    {
        await PrepareAsync();
        await SendAsync("rfr_lab", new RefreshCommand.Edit(NotifyGroups: ["strangers"]));
        await CatchUpAsync();

        Assert.Empty(await RefreshesAsync(Told));
        Assert.Equal(["rfr_lab"], await RefreshesAsync(Stranger));
    }

    [Fact]
    public async Task A_refresh_is_listed_as_it_is_now()
    {
        await PrepareAsync();
        await SendAsync("rfr_qa", new RefreshCommand.Edit(RefreshType.Reset, WithChildren: true, Window: Hours(5, 7), Reason: "Said \\ \"so\""));
        await SendAsync("rfr_qa", new RefreshCommand.Request());
        await CatchUpAsync();

        var row = Assert.Single((await Reads.ListRefreshesAsync(View(User), new(), All, default)).Items);
        Assert.Equal(("rfr_qa", Qa, "reset", ImpactLevel.Critical, RefreshStatus.Requested), (row.Id.Value, row.EnvironmentId, row.Type, row.Level, row.Status));
        Assert.Equal((Hours(5, 7), Requester.Id, "Said \\ \"so\""), (row.Window, row.RequestedBy, row.Reason));
        Assert.Equal((row.UpdatedAt, true), (row.RequestedAt, row.CreatedAt < row.UpdatedAt));
        Assert.Empty(row.NotifyGroups);
        // In a batch of its own: the row is changed where it lies.
        await SendAsync("rfr_qa", new RefreshCommand.Cancel("no"));
        await CatchUpAsync();
        Assert.Equal(RefreshStatus.Cancelled, Assert.Single((await Reads.ListRefreshesAsync(View(User), new(), All, default)).Items).Status);
    }

    [Fact]
    public async Task All_filters_that_are_given_must_hold()
    {
        await PrepareAsync();
        await SendAsync("rfr_qa", new RefreshCommand.Request());
        await SendAsync("rfr_lab", new RefreshCommand.Edit(RefreshType.Redeployment, Window: Hours(6, 8)));
        await CatchUpAsync();

        Assert.Equal(["rfr_qa"], await RefreshesAsync(Owner, new(EnvironmentId: Qa)));
        Assert.Equal(["rfr_qa"], await RefreshesAsync(Owner, new(Status: RefreshStatus.Requested)));
        Assert.Equal(["rfr_lab"], await RefreshesAsync(Owner, new(Type: "redeployment")));
        Assert.Equal(["rfr_lab", "rfr_qa"], await RefreshesAsync(Owner, new(RequestedBy: Requester.Id)));
        Assert.Empty(await RefreshesAsync(Owner, new(RequestedBy: Owner.Id)));
        Assert.Equal(["rfr_lab"], await RefreshesAsync(Owner, new(From: Start.AddHours(4))));
        Assert.Equal(["rfr_lab", "rfr_qa"], await RefreshesAsync(Owner, new(From: Start.AddHours(3.9))));
        Assert.Equal(["rfr_qa"], await RefreshesAsync(Owner, new(To: Start.AddHours(6))));
        Assert.Empty(await RefreshesAsync(Owner, new(EnvironmentId: Qa, Type: "redeployment")));
        Assert.Equal(["rfr_lab"], await RefreshesAsync(Owner, new(Lab, RefreshStatus.Draft, "redeployment", Requester.Id, Start.AddHours(5), Start.AddHours(7))));
    }

    [Fact]
    public async Task What_was_done_is_listed_the_last_first_and_seen_by_who_sees_the_refresh()
    {
        await PrepareAsync();
        await RunAsync("rfr_qa");
        await RunAsync("rfr_lab");
        await CatchUpAsync();

        var runs = (await Reads.ListRefreshRunsAsync(View(Auditor), new(), All, default)).Items;
        Assert.Equal(
            [("rfr_lab", 3), ("rfr_lab", 2), ("rfr_lab", 1), ("rfr_qa", 3), ("rfr_qa", 2), ("rfr_qa", 1)], runs.Select(r => (r.RefreshId.Value, r.Number)));
        Assert.Equal([RunOutcome.RolledBack, RunOutcome.Completed, RunOutcome.Failed], runs.Skip(3).Select(r => r.Outcome));
        Assert.Equal((Qa, "database_copy", "Wrong data.", Owner.Id), (runs[3].EnvironmentId, runs[3].Type, runs[3].Note, runs[3].By));
        Assert.Equal((runs[4].StartedAt, null), (runs[3].StartedAt, runs[4].Note));
        Assert.True(runs[5].StartedAt < runs[5].EndedAt && runs[5].EndedAt < runs[4].StartedAt);

        Assert.Equal(3, await RunsAsync(User));
        Assert.Equal(3, await RunsAsync(Told));
        Assert.Equal(6, await RunsAsync(Owner));
        Assert.Equal(0, await RunsAsync(Stranger));
        Assert.Equal(3, await RunsAsync(Owner, new(EnvironmentId: Lab)));
        Assert.Equal(3, await RunsAsync(Owner, new(RefreshId: new RefreshId("rfr_qa"))));
        Assert.Equal(0, await RunsAsync(Owner, new(Lab, new RefreshId("rfr_qa"))));
    }

    [Fact]
    public async Task Events_that_come_one_by_one_make_the_same_history()
    {
        await PrepareAsync();
        await RunAsync("rfr_qa", each: CatchUpAsync);
        Assert.Equal(3, await RunsAsync(User));
    }

    [Fact]
    public async Task Pages_follow_on_one_another_and_a_cursor_serves_its_own_list()
    {
        await PrepareAsync();
        await RunAsync("rfr_qa");
        for (var i = 0; i < 3; i++)
            await DraftAsync($"rfr_{i}", Qa);
        await CatchUpAsync();

        var first = await Reads.ListRefreshesAsync(View(User), new(), new PageRequest(null, 2), default);
        var second = await Reads.ListRefreshesAsync(View(User), new(), new PageRequest(first.Next, 3), default);
        Assert.Equal(["rfr_2", "rfr_1"], first.Items.Select(r => r.Id.Value));
        Assert.Equal(["rfr_0", "rfr_qa"], second.Items.Select(r => r.Id.Value));
        Assert.Null(second.Next);
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Reads.ListRefreshesAsync(View(User), new(EnvironmentId: Qa), new PageRequest(first.Next, 3), default));

        var runs = await Reads.ListRefreshRunsAsync(View(User), new(), new PageRequest(null, 2), default);
        Assert.Equal([1], (await Reads.ListRefreshRunsAsync(View(User), new(), new PageRequest(runs.Next, 2), default)).Items.Select(r => r.Number));
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Reads.ListRefreshRunsAsync(View(User), new(), new PageRequest(first.Next, 3), default));
    }

    protected abstract Task CatchUpAsync();

    /// <summary>One of the QA environment, of which nobody else is told, and one of the lab's.</summary>
    protected async Task PrepareAsync()
    {
        await TreeAsync(One, new EnvironmentCommand.Register(One, Qa, "QA", null, "platform", ["payments"], "Etc/UTC", []));
        await TreeAsync(Two, new EnvironmentCommand.Register(Two, Lab, "Lab", null, "the lab", [], "Etc/UTC", []));
        await DraftAsync("rfr_qa", Qa);
        await DraftAsync("rfr_lab", Lab, [.. Told.Groups]);
        await CatchUpAsync();
    }

    /// <summary>It fails, is done when tried again, and is taken back.</summary>
    protected async Task RunAsync(string id, Func<Task>? each = null)
    {
        (RefreshCommand Command, Actor By)[] steps =
        [
            (new RefreshCommand.Edit(Window: new TimeWindow(Start, Start.AddHours(4))), Requester), (new RefreshCommand.Request(), Requester),
            (new RefreshCommand.Approve([Asset.Data, Asset.TestAccounts, Asset.Sessions]), Owner),
            (new RefreshCommand.GrantSlot(1, []), Actor.System), (new RefreshCommand.FinishScheduling(1), Actor.System), (new RefreshCommand.Start(), Owner), (new RefreshCommand.Fail("Disk full."), Owner),
            (new RefreshCommand.Retry(), Owner), (new RefreshCommand.GrantSlot(2, []), Actor.System), (new RefreshCommand.FinishScheduling(2), Actor.System), (new RefreshCommand.Start(), Owner),
            (new RefreshCommand.Complete(), Owner), (new RefreshCommand.RollBack("Wrong data."), Owner),
        ];
        foreach (var (command, by) in steps)
        {
            await SendAsync(id, command, by);
            if (each is not null)
                await each();
        }
    }

    private static Actor Person(string id, params string[] groups) =>
        new(new PersonId(id), ActorKind.Person, [Role.Planner, Role.ReleaseManager, Role.Approver]) { Groups = groups };

    private static Viewer View(Actor actor) => Viewer.Of(History.Workspace, actor);

    private static TimeWindow Hours(double from, double to) => new(Start.AddHours(from), Start.AddHours(to));

    private Task DraftAsync(string id, EnvironmentId environment, params ImmutableSortedSet<string> told) => SendAsync(
        id, new RefreshCommand.Draft(new RefreshId(id), environment, RefreshType.DatabaseCopy, [], WithChildren: false, Hours(2, 4), "New data", told));

    private async Task SendAsync(string id, RefreshCommand command, Actor? by = null) =>
        Assert.Null(await History.SendAsync(EntityKey.Of(History.Workspace, new RefreshId(id)), command, by ?? Requester));

    private async Task TreeAsync(EnvironmentTreeId tree, EnvironmentCommand command) => Assert.Null(await History.SendAsync(EntityKey.Of(History.Workspace, tree), command, Owner));

    private async Task<IEnumerable<string>> RefreshesAsync(Actor actor, RefreshFilter? filter = null) =>
        (await Reads.ListRefreshesAsync(View(actor), filter ?? new(), All, default)).Items.Select(r => r.Id.Value);

    private async Task<int> RunsAsync(Actor actor, RefreshRunFilter? filter = null) => (await Reads.ListRefreshRunsAsync(View(actor), filter ?? new(), All, default)).Items.Length;
}

public sealed class InMemoryRefreshListTests : RefreshListSuite
{
    private readonly InMemoryReadModels models = new();

    protected override IReadModels Reads => models;

    protected override Task CatchUpAsync() => History.FeedAsync(models, leaseEpoch: 1);
}

public sealed class PostgresRefreshListTests : RefreshListSuite
{
    private ProjectedDatabase database = null!;

    protected override IReadModels Reads => database.Reads;

    public override async Task InitializeAsync() => database = await ProjectedDatabase.CreateAsync(History);

    public override Task DisposeAsync() => database.DisposeAsync().AsTask();

    protected override Task CatchUpAsync() => History.FeedAsync(database.Projection, ProjectedDatabase.LeaseEpoch);

    [Theory]
    [InlineData("update planning.refresh_history set note = 'all well'")]
    [InlineData("delete from planning.refresh_history")]
    [InlineData("truncate planning.refresh_history")]
    public async Task The_database_itself_keeps_the_history_as_it_is(string change)
    {
        await PrepareAsync();
        await RunAsync("rfr_qa");
        await CatchUpAsync();

        foreach (var pool in (NpgsqlDataSource[])[database.Database.Pools.Consumer, database.Database.Pools.Request])
        {
            await using var connection = await pool.OpenConnectionAsync();
            await using var command = new NpgsqlCommand(change, connection);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
        Assert.Equal(3L, await database.Database.ExecuteAsync("select count(*) from planning.refresh_history"));
    }

    [Fact]
    public async Task An_event_that_comes_again_finds_its_entry_in_the_history()
    {
        await PrepareAsync();
        await RunAsync("rfr_qa");
        await CatchUpAsync();
        await database.Database.ExecuteAsync("delete from planning.consumer_position");
        await History.FeedAsync(database.NewProjection(History), ProjectedDatabase.LeaseEpoch);

        Assert.Equal(3L, await database.Database.ExecuteAsync("select count(*) from planning.refresh_history"));
    }

    [Theory]
    [InlineData("refresh_view_calendar", "(workspace, starts_at, status) WHERE (status <> ALL (ARRAY['CANCELLED'::text, 'COMPLETED'::text, 'FAILED'::text]))")]
    [InlineData("refresh_view_pending_approval", "(workspace, status, requested_at) WHERE (status = 'REQUESTED'::text)")]
    [InlineData("refresh_history_recent", "(workspace, environment, created_position DESC)")]
    public async Task The_three_indexes_of_the_seed_are_there(string name, string definition)
    {
        var found = (string?)await database.Database.ExecuteAsync($"select indexdef from pg_indexes where schemaname = 'planning' and indexname = '{name}'");
        Assert.EndsWith(definition, found, StringComparison.Ordinal);
    }
}
