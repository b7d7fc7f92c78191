using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Engine.Entities;
using Planning.Engine.InMemory;
using Planning.Engine.People;
using Planning.Engine.Rulebooks;
using Planning.Engine.Trackers;
using Planning.InProcess;
using Planning.Testing;
using Planning.Trackers.Tests.Fakes;

namespace Planning.Trackers.Tests.Support;

/// <summary>A backend in memory, one environment, and one tracker that follows its refreshes.</summary>
internal sealed class World : IAsyncDisposable
{
    public static readonly WorkspaceId Acme = new("acme");
    public static readonly PersonId Rick = new("per_rick");
    public static readonly PersonId Anna = new("per_anna");

    private static readonly Actor Manager = new(new PersonId("per_mia"), ActorKind.Person, [Role.ReleaseManager, Role.Planner, Role.Approver]) { Groups = ["platform"] };
    private static readonly (EnvironmentTreeId Tree, EnvironmentId Root) Staging = EnvironmentIds.NewTree("staging");

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly InMemoryDirectory directory = new();
    private long reacted;
    private int commands;

    public World(FakeTime time, FakeTracker fake, TrackerOptions? options = null, ITrackerLinks? links = null)
    {
        (Time, Fake, Links) = (time, fake, links ?? new InMemoryTrackerLinks());
        var (blobs, snapshots) = (new InMemoryBlobStore(), new InMemorySnapshotStore());
        var cells = new CellServices(Log, snapshots, new SnapshotWriter(snapshots, NullLogger<SnapshotWriter>.Instance), new RulebookCache(blobs, Log, time), time);
        Host = new InProcessHost(new InProcessOptions(), () => cells, time);
        Tracker = TrackerAdapters.Create(options ?? fake.Options, http, time);
        var updates = new TrackerUpdates(Host, Links, time);
        Reactor = new TrackerReactor(Tracker, updates);
        Intake = new TrackerIntake([Tracker], Links, updates, new TrackerPeople(directory, time), Host, time, NullLogger<TrackerIntake>.Instance);
    }

    public FakeTime Time { get; }
    public FakeTracker Fake { get; }
    public InMemoryEventLog Log { get; } = new();
    public ITrackerLinks Links { get; }
    public InProcessHost Host { get; }
    public ITracker Tracker { get; }
    public TrackerReactor Reactor { get; }
    public TrackerIntake Intake { get; }

    /// <summary>The settings that say who people are, and that approving is possible.</summary>
    public static TrackerOptions WithPeople(TrackerOptions options, bool approving = true) => options with
    {
        People = new Dictionary<string, string> { ["acc-anna"] = Anna.Value, ["acc-rick"] = Rick.Value },
        Wishes = approving
            ? options.WishMapping.Append(KeyValuePair.Create(options.Kind == TrackerKind.ServiceNow ? "approval=approved" : "approved", TrackerWish.Approve)).ToDictionary()
            : null,
    };

    /// <summary>Staging is there; Rick plans, Anna approves, each with a key of their own.</summary>
    public async Task<World> BeginAsync()
    {
        await AcceptAsync(EntityKey.Of(Acme, Staging.Tree), new EnvironmentCommand.Register(Staging.Tree, Staging.Root, "Staging {1}", null, "platform", [], "UTC", []), Manager);
        await KeyAsync(Rick, Role.Planner, Role.Approver);
        await KeyAsync(Anna, Role.Approver);
        return this;
    }

    public async Task KeyAsync(PersonId person, params Role[] roles) => await directory.AddApiKeyAsync(
        new ApiKey($"key_{person}_{roles.Length}", Acme, person, ActorKind.Person, roles, new byte[] { 1 }, Time.GetUtcNow(), ExpiresAt: null, RevokedAt: null), default);

    public async Task RevokeAsync(PersonId person)
    {
        foreach (var key in (await directory.ListApiKeysAsync(Acme, default)).Where(k => k.Holder == person))
            await directory.RevokeApiKeyAsync(Acme, key.KeyId, Time.GetUtcNow(), default);
    }

    /// <summary>Rick asks for a refresh two days ahead.</summary>
    public Task RequestAsync(string id = "rfr_1", RefreshType? type = null) => AcceptAsync(
        Key(id),
        new RefreshCommand.Draft(
            new RefreshId(id), Staging.Root, type ?? RefreshType.Redeployment, [], WithChildren: false,
            new TimeWindow(Time.GetUtcNow().AddDays(2), Time.GetUtcNow().AddDays(2).AddHours(4)), "Release 4.0 [see|http://evil.example]", [], AtOnce: true),
        new Actor(Rick, ActorKind.Person, [Role.Planner]));

    public Task CommandAsync(RefreshCommand command, string id = "rfr_1") => AcceptAsync(Key(id), command, Manager);

    public async Task<Refresh> RefreshAsync(string id = "rfr_1") => (Refresh)(await Host.ReadAsync(Key(id), default)).State;

    public async Task<long> VersionAsync(string id = "rfr_1") => (await Host.ReadAsync(Key(id), default)).Version;

    /// <summary>The tracker's reactor comes to the end of the log; what fails comes again at the next call.</summary>
    public async Task CatchUpAsync()
    {
        foreach (var happened in await Log.ReadAsync(0, reacted, int.MaxValue, default))
        {
            if (Reactor.Types.Contains(happened.Type))
                await Reactor.ReactAsync(happened, default);
            reacted = happened.Position;
        }
    }

    public async Task<TrackerTaken> TakeAsync(TrackerDelivery delivery) => await Intake.TakeAsync(Tracker.Id, delivery, default);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Fake.DisposeAsync();
    }

    public static EntityKey Key(string id) => EntityKey.Of(Acme, new RefreshId(id));

    private async Task AcceptAsync(EntityKey key, object command, Actor by)
    {
        var answer = await Host.SendAsync(new CommandRequest(key, command, by, $"test/{++commands}"), default);
        Assert.True(answer is Answer.Accepted, answer is Answer.Rejected rejected ? rejected.Rejection.Message : "");
    }
}
