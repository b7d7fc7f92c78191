using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.InMemory;
using Planning.Engine.Rulebooks;
using Xunit.Abstractions;

namespace Planning.Grains.Tests;

/// <summary>A silo that is asked for more entities than it may hold.</summary>
public sealed class BoundTests(ITestOutputHelper output)
{
    private const int Plans = 20_000;
    private const int Bound = 2_000;
    private static readonly WorkspaceId Workspace = new("acme");
    private static readonly Actor Planner = new(new PersonId("per_planner"), ActorKind.Person, [Role.Planner]);

    [Fact]
    public async Task It_stays_under_its_bound_and_every_entity_still_answers()
    {
        await using var cluster = await StartAsync(new EntityLimits { MaxEntities = Bound });

        var most = await cluster.MostWhileAsync(async () =>
        {
            await EachAsync(async (i, stop) => Assert.IsType<Answer.Accepted>(await cluster.Host.SendAsync(Create(i), stop)));
            await EachAsync(async (i, stop) => Assert.Equal(1, (await cluster.Host.ReadAsync(Plan(i), stop)).Version));
        });

        output.WriteLine($"at most {most} entities in one silo");
        Assert.InRange(most, Bound / 2, Bound);
    }

    [Fact]
    public async Task The_size_of_what_it_holds_is_bounded_too()
    {
        // A plan that was just made counts for a few hundred bytes.
        await using var cluster = await StartAsync(new EntityLimits { MaxEntities = Plans * 2, MaxBytes = 300_000 });

        var most = await cluster.MostWhileAsync(() => EachAsync(async (i, stop) => Assert.IsType<Answer.Accepted>(await cluster.Host.SendAsync(Create(i), stop))));

        output.WriteLine($"at most {most} entities in one silo");
        Assert.InRange(most, 1, Plans / 4);
    }

    [Fact]
    public async Task Who_is_in_use_stays()
    {
        await using var cluster = await StartAsync(new EntityLimits { MaxEntities = Bound });
        Assert.IsType<Answer.Accepted>(await cluster.Host.SendAsync(Create(0), CancellationToken.None));
        var activation = cluster.ActivationOf(Plan(0));
        Assert.NotNull(activation);

        for (var from = 1; from < Plans / 2; from += 100)
        {
            await EachAsync(async (i, stop) => Assert.IsType<Answer.Accepted>(await cluster.Host.SendAsync(Create(from + i), stop)), 100);
            await cluster.Host.ReadAsync(Plan(0), CancellationToken.None);
        }

        Assert.Equal(activation, cluster.ActivationOf(Plan(0)));
    }

    private static Task<Cluster> StartAsync(EntityLimits limits)
    {
        var (log, blobs, snapshots) = (new InMemoryEventLog(), new InMemoryBlobStore(), new InMemorySnapshotStore());
        return Cluster.StartAsync(
            new CellServices(log, snapshots, new NoSink(), new RulebookCache(blobs, log, TimeProvider.System), TimeProvider.System), limits: limits);
    }

    private static Task EachAsync(Func<int, CancellationToken, ValueTask> work, int count = Plans) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 64 }, work);

    private static EntityKey Plan(int i) => EntityKey.Of(Workspace, new PlanId($"pln_{i}"));

    private static CommandRequest Create(int i) => new(
        Plan(i), new PlanCommand.Create(new PlanId($"pln_{i}"), $"Plan {i}", null, "payments", new CycleId("cyc_1"), ImmutableSortedDictionary<string, string>.Empty),
        Planner, "create");

    private sealed class NoSink : ISnapshotSink
    {
        public void Offer(EntitySnapshot snapshot)
        {
        }
    }
}
