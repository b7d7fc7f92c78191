using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Conformance.Harness;
using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Gates;
using Planning.Domain.Handoff;
using Planning.Domain.Environments;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Engine.Rulebooks;
using Planning.InProcess;
using Planning.Postgres;
using Planning.Postgres.Leases;
using Planning.Postgres.Log;
using Planning.Postgres.Reads;
using Xunit;

namespace Planning.Conformance.Hosts;

/// <summary>What every host promises, on PostgreSQL.</summary>
public abstract class EntityHostSuite : IAsyncLifetime
{
    private static readonly Actor Planner = new(new PersonId("per_planner"), ActorKind.Person, [Role.Planner, Role.PlanningLead]);

    private readonly CancellationTokenSource stop = new();
    private MigratedDatabase database = null!;
    private PostgresBackend postgres = null!;
    private Task writing = Task.CompletedTask;
    private CellServices services = null!;

    private IEntityHost Host { get; set; } = null!;

    public async Task InitializeAsync()
    {
        database = await MigratedDatabase.CreateAsync();
        postgres = await PostgresBackend.OpenAsync(
            new DatabaseOptions { ConnectionString = database.ConnectionString }, new EventLogOptions(), new LeaseOptions(), new ReadModelOptions(),
            TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var backend = postgres.Backend;
        var writer = new SnapshotWriter(backend.Snapshots, NullLogger<SnapshotWriter>.Instance);
        writing = writer.RunAsync(stop.Token);
        services = new CellServices(backend.Log, backend.Snapshots, writer, new RulebookCache(backend.Blobs, backend.Log, TimeProvider.System), TimeProvider.System);
        Host = await OpenAsync(services);
    }

    public async Task DisposeAsync()
    {
        await CloseAsync();
        await stop.CancelAsync();
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await postgres.DisposeAsync();
        await database.DisposeAsync();
        stop.Dispose();
    }

    protected abstract Task<IEntityHost> OpenAsync(CellServices cells);

    protected abstract Task CloseAsync();

    /// <summary>Takes every entity out of memory.</summary>
    protected abstract Task ForgetAsync();

    [Fact]
    public async Task Commands_of_one_entity_take_their_turns_and_none_is_lost()
    {
        await AcceptAsync(Create("pln_1"));

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => AcceptAsync(Retitle("pln_1", $"Title {i}", $"c{i}")))));

        Assert.Equal(201, (await Host.ReadAsync(Plan("pln_1"), default)).Version);
        Assert.Equal(Enumerable.Range(1, 201).Select(i => (long)i), (await services.Log.ReadEntityAsync(Plan("pln_1"), 0, default)).Select(e => e.Version));
    }

    /// <summary>Bookings of an environment, of its parent and of its children exclude each other, whoever sends them.</summary>
    [Fact]
    public async Task Of_many_bookings_at_once_that_exclude_each_other_one_is_accepted()
    {
        var tree = new EnvironmentTreeId("etr_1");
        var (key, day) = (EntityKey.Of(Sample.Workspace, tree), TimeProvider.System.GetUtcNow().AddDays(1));
        var owner = Planner with { Roles = [Role.ReleaseManager], Groups = ["platform"] };
        EnvironmentId[] ids = [new("env_1"), new("env_1_a"), new("env_1_b")];
        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
            await AcceptAsync(new(key, new EnvironmentCommand.Register(tree, id, id.Value, i == 0 ? null : ids[i - 1], "platform", [], "Etc/UTC", []), owner, $"r{i}"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () => await Host.SendAsync(
            new(key, new EnvironmentCommand.Book(new BookingId($"bkg_{i}"), ids[i % 3], BookingMode.Exclusive, new TimeWindow(day, day.AddHours(1 + (i % 5)))), owner, $"b{i}"), default))));

        Assert.Single(answers.OfType<Answer.Accepted>());
        Assert.All(answers.OfType<Answer.Rejected>(), refused => Assert.Equal("environment_taken", refused.Rejection.Code));
        Assert.Single(((EnvironmentTree)(await Host.ReadAsync(key, default)).State).Entries);
    }

    [Fact]
    public async Task A_repeated_command_is_answered_as_the_first_time()
    {
        await AcceptAsync(Create("pln_1"));
        var first = await AcceptAsync(Retitle("pln_1", "Cards", "c1"));
        await AcceptAsync(Retitle("pln_1", "Cash", "c2"));

        var again = await AcceptAsync(Retitle("pln_1", "Cards", "c1"));

        Assert.True(again.Repeated);
        Assert.Equal((first.Version, first.Position), (again.Version, again.Position));
        Assert.Equal("Cash", ((Plan)again.State).Title);
        Assert.Equal(3, (await services.Log.ReadEntityAsync(Plan("pln_1"), 0, default)).Count);
    }

    [Fact]
    public async Task A_refusal_comes_back_whole_and_leaves_nothing()
    {
        await AcceptAsync(Create("pln_1"));

        var stale = await RefuseAsync(Retitle("pln_1", "Cards", "c1") with { IfVersion = 7 });
        var reused = await RefuseAsync(Create("pln_1") with { CommandHash = 99 });
        var illegal = await RefuseAsync(new(Plan("pln_1"), new PlanCommand.RequestTransition(Trigger.ValidateResults, new("gtr_1"), null), Planner, "c2"));

        Assert.Equal(("version_mismatch", 1), (stale.Rejection.Code, stale.Version));
        Assert.Equal("idempotency_key_reused", reused.Rejection.Code);
        Assert.Equal(RejectionKind.Conflict, illegal.Rejection.Kind);
        Assert.NotEmpty(illegal.Rejection.Message);
        Assert.Single(await services.Log.ReadEntityAsync(Plan("pln_1"), 0, default));
    }

    [Fact]
    public async Task An_entity_that_left_memory_comes_back_as_it_was_from_its_snapshot_too()
    {
        await AcceptAsync(Create("pln_1"));
        for (var i = 0; i < 130; i++)
            await AcceptAsync(Retitle("pln_1", $"Title {i}", $"c{i}"));
        var before = (Plan)(await Host.ReadAsync(Plan("pln_1"), default)).State;
        await WrittenAsync(Plan("pln_1"));

        await ForgetAsync();
        var after = await Host.ReadAsync(Plan("pln_1"), default);

        Assert.Equal((131, "Title 129"), (after.Version, ((Plan)after.State).Title));
        Assert.Equal(before.ContentHash, ((Plan)after.State).ContentHash);
        Assert.True((await AcceptAsync(Retitle("pln_1", "Title 5", "c5"))).Repeated);
    }

    [Fact]
    public async Task A_database_that_is_away_is_said_to_be_away_and_is_used_again_when_it_is_back()
    {
        await AcceptAsync(Create("pln_1"));
        await ForgetAsync();

        await database.CloseAsync();
        await Assert.ThrowsAsync<LogUnavailableException>(() => Host.ReadAsync(Plan("pln_1"), default).AsTask());
        await Assert.ThrowsAsync<LogUnavailableException>(() => Host.SendAsync(Retitle("pln_1", "Cards", "c1"), default).AsTask());
        await database.ReopenAsync();

        Assert.Equal(1, (await ReadAgainAsync(Plan("pln_1"))).Version);
        Assert.Equal(2, (await AcceptAsync(Retitle("pln_1", "Cards", "c1"))).Version);
    }

    [Fact]
    public async Task What_another_process_has_appended_is_seen_before_anything_is_decided()
    {
        await AcceptAsync(Create("pln_1"));
        var other = new InProcessHost(new InProcessOptions(), () => services, TimeProvider.System);
        Assert.IsType<Answer.Accepted>(await other.SendAsync(Retitle("pln_1", "Elsewhere", "other"), default));

        var here = await AcceptAsync(new(Plan("pln_1"), new PlanCommand.Update(new("gtr_1"), Priority: 1), Planner, "here"));

        Assert.Equal(3, here.Version);
        Assert.Equal(("Elsewhere", 1), (((Plan)here.State).Title, ((Plan)here.State).Priority));
    }

    [Fact]
    public async Task The_same_id_in_two_workspaces_names_two_entities()
    {
        await AcceptAsync(Create("pln_1"));
        var elsewhere = EntityKey.Of(new WorkspaceId("a/b %2F"), new PlanId("pln_1"));
        await AcceptAsync(Create("pln_1") with { Entity = elsewhere });
        await AcceptAsync(Retitle("pln_1", "Here", "c1"));

        Assert.Equal(1, (await Host.ReadAsync(elsewhere, default)).Version);
        Assert.Equal(2, (await Host.ReadAsync(Plan("pln_1"), default)).Version);
    }

    [Fact]
    public async Task Every_kind_has_a_state_before_it_has_a_history()
    {
        var w = new WorkspaceId("acme");

        Assert.IsType<Plan>((await Host.ReadAsync(EntityKey.Of(w, new PlanId("x")), default)).State);
        Assert.IsType<GateRun>((await Host.ReadAsync(EntityKey.Of(w, new GateRunId("x")), default)).State);
        Assert.IsType<Manifest>((await Host.ReadAsync(EntityKey.Of(w, new ManifestId("x")), default)).State);
        Assert.IsType<Cycle>((await Host.ReadAsync(EntityKey.Of(w, new CycleId("x")), default)).State);
        Assert.IsType<RulebookHistory>((await Host.ReadAsync(EntityKey.RulebookOf(w), default)).State);
        Assert.False((await Host.ReadAsync(EntityKey.Of(w, new PlanId("x")), default)).Exists);
    }

    /// <summary>Of connections in a pool, each is found to be broken only when it is used.</summary>
    private async Task<EntityState> ReadAgainAsync(EntityKey entity)
    {
        for (var left = 100; ; left--)
        {
            try
            {
                return await Host.ReadAsync(entity, default);
            }
            catch (LogUnavailableException) when (left > 0)
            {
                // The next one.
            }
        }
    }

    private static EntityKey Plan(string id) => EntityKey.Of(new WorkspaceId("acme"), new PlanId(id));

    private static CommandRequest Create(string id) => new(
        Plan(id),
        new PlanCommand.Create(new PlanId(id), "Payments", null, "payments", new CycleId("cyc_1"), ImmutableSortedDictionary.CreateRange([KeyValuePair.Create("compliance", "sox")])),
        Planner, "create");

    private static CommandRequest Retitle(string id, string title, string commandId) =>
        new(Plan(id), new PlanCommand.Update(new GateRunId("gtr_1"), Title: title), Planner, commandId);

    private async Task<Answer.Accepted> AcceptAsync(CommandRequest request) => Assert.IsType<Answer.Accepted>(await Host.SendAsync(request, default));

    private async Task<Answer.Rejected> RefuseAsync(CommandRequest request) => Assert.IsType<Answer.Rejected>(await Host.SendAsync(request, default));

    /// <summary>Snapshots are written in the background.</summary>
    private async Task WrittenAsync(EntityKey entity)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await services.Snapshots.LoadAsync(entity, EntityKinds.FoldVersion, limit.Token) is null)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
    }
}
