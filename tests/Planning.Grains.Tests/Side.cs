using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.InMemory;
using Planning.Engine.Rulebooks;

namespace Planning.Grains.Tests;

/// <summary>A cluster on a log that it may share with another one.</summary>
internal sealed class Side : IAsyncDisposable
{
    public static readonly EntityKey Plan = EntityKey.Of(new WorkspaceId("acme"), new PlanId("pln_1"));

    private static readonly Actor Planner = new(new PersonId("per_planner"), ActorKind.Person, [Role.Planner]);

    private Side(Cluster cluster) => Cluster = cluster;

    public Cluster Cluster { get; }

    public IEntityHost Host => Cluster.Host;

    public static async Task<Side> StartAsync(HeldLog log)
    {
        var rules = new RulebookCache(new InMemoryBlobStore(), log, TimeProvider.System);
        return new Side(await Cluster.StartAsync(new CellServices(log, new InMemorySnapshotStore(), new NoSnapshots(), rules, TimeProvider.System)));
    }

    public static CommandRequest Create() => new(
        Plan, new PlanCommand.Create(new PlanId(Plan.Id), "Payments", null, "payments", new CycleId("cyc_1"), ImmutableSortedDictionary<string, string>.Empty), Planner, "create");

    public static CommandRequest Retitle(string title) => new(Plan, new PlanCommand.Update(new GateRunId("gtr_1"), Title: title), Planner, title);

    public async Task<Answer.Accepted> AcceptAsync(CommandRequest request) =>
        Assert.IsType<Answer.Accepted>(await Host.SendAsync(request, CancellationToken.None));

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    private sealed class NoSnapshots : ISnapshotSink
    {
        public void Offer(EntitySnapshot snapshot)
        {
        }
    }
}
