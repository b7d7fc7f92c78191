using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.InMemory;
using Planning.Engine.Rulebooks;
using Xunit.Abstractions;

namespace Planning.Grains.Tests;

/// <summary>A silo that leaves with all its grains.</summary>
public sealed class LeavingTests(ITestOutputHelper output)
{
    private const int Plans = 20_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly WorkspaceId Workspace = new("acme");
    private static readonly Actor Planner = new(new PersonId("per_planner"), ActorKind.Person, [Role.Planner]);

    [Fact]
    public async Task It_writes_nothing_on_its_way_out_and_its_entities_go_on_elsewhere()
    {
        var (log, blobs, sink) = (new InMemoryEventLog(), new InMemoryBlobStore(), new CountingSink());
        await using var cluster = await Cluster.StartAsync(new CellServices(
            log, new InMemorySnapshotStore(), sink, new RulebookCache(blobs, log, TimeProvider.System), TimeProvider.System));
        var host = cluster.Host;
        await Parallel.ForAsync(0, Plans, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, stop) =>
            Assert.IsType<Answer.Accepted>(await host.SendAsync(Create(i), stop)));
        Assert.InRange(await cluster.ActiveAsync(), Plans, Plans * 2);

        var started = Stopwatch.GetTimestamp();
        await cluster.StopOneAsync();
        var took = Stopwatch.GetElapsedTime(started);

        output.WriteLine($"left in {took.TotalSeconds:0.0} s");
        Assert.InRange(took, TimeSpan.Zero, Limit);
        Assert.Equal(0, sink.Offers);
        await Parallel.ForAsync(0, Plans / 10, async (i, stop) => Assert.Equal(1, (await host.ReadAsync(Plan(i), stop)).Version));
    }

    private static EntityKey Plan(int i) => EntityKey.Of(Workspace, new PlanId($"pln_{i}"));

    private static CommandRequest Create(int i) => new(
        Plan(i), new PlanCommand.Create(new PlanId($"pln_{i}"), $"Plan {i}", null, "payments", new CycleId("cyc_1"), ImmutableSortedDictionary<string, string>.Empty),
        Planner, "create");

    private sealed class CountingSink : ISnapshotSink
    {
        private int offers;

        public int Offers => offers;

        public void Offer(EntitySnapshot snapshot) => Interlocked.Increment(ref offers);
    }
}
