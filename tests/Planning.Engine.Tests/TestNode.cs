using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.InMemory;
using Planning.Engine.Log;
using Planning.Engine.Rulebooks;
using Planning.InProcess;
using Planning.Testing;

namespace Planning.Engine.Tests;

/// <summary>The in-process host on the in-memory log, without pump and reactors.</summary>
internal sealed class TestHost
{
    public static readonly WorkspaceId Workspace = new("acme");
    public static readonly Actor Planner = new(new PersonId("per_planner"), ActorKind.Person, [Role.Planner, Role.PlanningLead]);

    public TestHost(IEventLog? log = null, InProcessOptions? options = null)
    {
        Log = log ?? Memory;
        Writer = new SnapshotWriter(Snapshots, NullLogger<SnapshotWriter>.Instance);
        var rulebooks = new RulebookCache(Blobs, Log, Time);
        var services = new CellServices(Log, Snapshots, Writer, rulebooks, Time);
        Host = new InProcessHost(options ?? new InProcessOptions(), () => services, Time);
    }

    public InMemoryEventLog Memory { get; } = new();
    public IEventLog Log { get; }
    public InMemoryBlobStore Blobs { get; } = new();
    public InMemorySnapshotStore Snapshots { get; } = new();
    public SnapshotWriter Writer { get; }
    public FakeTime Time { get; } = new();
    public InProcessHost Host { get; }

    public static EntityKey Plan(string id) => EntityKey.Of(Workspace, new PlanId(id));

    public static CommandRequest Create(string id, string commandId = "create") => new(
        Plan(id),
        new PlanCommand.Create(new PlanId(id), "Payments", null, "payments", new CycleId("cyc_1"), ImmutableSortedDictionary<string, string>.Empty),
        Planner, commandId);

    public static CommandRequest Retitle(string id, string title, string commandId, long hash = 0, long? ifVersion = null) =>
        new(Plan(id), new PlanCommand.Update(new GateRunId("gtr_1"), Title: title), Planner, commandId, hash, ifVersion);

    public async Task<Answer> SendAsync(CommandRequest request) => await Host.SendAsync(request, CancellationToken.None);

    public async Task<Answer.Accepted> AcceptAsync(CommandRequest request) => Assert.IsType<Answer.Accepted>(await SendAsync(request));

    public async Task<string> RefuseAsync(CommandRequest request) => Assert.IsType<Answer.Rejected>(await SendAsync(request)).Rejection.Code;
}
