using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Conformance.Harness;
using Planning.Conformance.Workspaces;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Engine.Workspaces;
using Planning.Grains.Cycles;
using Planning.Grains.Governance;
using Planning.Grains.Workspaces;
using Planning.Postgres;
using Planning.Postgres.Leases;
using Planning.Postgres.Log;
using Planning.Postgres.Reads;
using Xunit.Abstractions;

namespace Planning.Grains.Tests;

/// <summary>What followers of a workspace get, event by event, when the streams are well and when they lose messages.</summary>
public sealed class LossyStreamTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Commands = 4_000;
    private static readonly WorkspaceId Workspace = new("acme");
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly Actor Planner = new(new PersonId("per_planner"), ActorKind.Person, [Role.Planner]);

    private MigratedDatabase database = null!;
    private PostgresBackend postgres = null!;

    public async Task InitializeAsync()
    {
        database = await MigratedDatabase.CreateAsync();
        postgres = await PostgresBackend.OpenAsync(
            new DatabaseOptions { ConnectionString = database.ConnectionString }, new EventLogOptions(), new LeaseOptions(), new ReadModelOptions(),
            TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await postgres.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <param name="lost">Of 1,000 messages.</param>
    /// <param name="streamed">The least share of events that must have come by stream.</param>
    [Theory]
    [InlineData(0, 0.99)]
    [InlineData(10, 0)]
    [InlineData(500, 0)]
    public async Task No_event_is_lost_and_none_is_applied_twice(int lost, double streamed)
    {
        var backend = postgres.Backend;
        var lossy = new LossyQueues(lost);
        await using var cluster = await Cluster.StartAsync(
            new CellServices(backend.Log, backend.Snapshots, new SnapshotWriter(backend.Snapshots, NullLogger<SnapshotWriter>.Instance), new ShippedRules(), TimeProvider.System),
            also: silo => silo.AddOutgoingGrainCallFilter(lossy));
        await using var publishing = Publishing.Start(cluster, backend);
        // The first message wakes the followers, which then read the history.
        await CreateAsync(cluster.Host, 0);
        var followers = new IFollowerGrain[] { cluster.Grains.GetGrain<IGovernanceGrain>(Workspace.Value), cluster.Grains.GetGrain<IMetricsGrain>(Workspace.Value) };
        await Task.WhenAll(followers.Select(f => ReachedAsync(f, 1)));

        await Parallel.ForAsync(1, Commands, new ParallelOptions { MaxDegreeOfParallelism = 16 }, (i, _) => CreateAsync(cluster.Host, i));
        lossy.Stop();
        await CreateAsync(cluster.Host, Commands);

        var positions = (await ReadAllAsync(backend.Log)).Select(e => e.Position).ToArray();
        foreach (var follower in followers)
        {
            var status = await ReachedAsync(follower, positions[^1]);
            output.WriteLine($"{follower.GetGrainId().Type}: {status}, {lossy.Lost} messages lost");
            Assert.Equal(positions.Length, status.Events);
            Assert.Equal(FollowerStatus.ChecksumOf(positions), status.Checksum);
            Assert.True(status.Streamed >= streamed * (status.Streamed + status.Read), $"{status}");
        }
        Assert.Equal(lost > 0, lossy.Lost > 0);
    }

    private static async Task<FollowerStatus> ReachedAsync(IFollowerGrain follower, long position)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var status = (await follower.StatusAsync()).ToStatus();
            if (status.CaughtUp && status.Position >= position)
                return status;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    private static async ValueTask CreateAsync(IEntityHost host, int i) => Assert.IsType<Answer.Accepted>(await host.SendAsync(
        new CommandRequest(
            EntityKey.Of(Workspace, new PlanId($"pln_{i}")),
            new PlanCommand.Create(new PlanId($"pln_{i}"), $"Plan {i}", null, "payments", new CycleId("cyc_1"), ImmutableSortedDictionary<string, string>.Empty),
            Planner, "create"),
        default));

    private static async Task<IReadOnlyList<StoredEvent>> ReadAllAsync(IEventLog log)
    {
        var all = new List<StoredEvent>();
        while (await log.ReadWorkspaceAsync(Workspace, all.Count == 0 ? 0 : all[^1].Position, 5_000, default) is { Count: > 0 } page)
            all.AddRange(page);
        return all;
    }

    /// <summary>
    /// Loses messages on their way into the streams' queues, as a queue does whose silo dies: evenly, beginning with the second,
    /// so that some are lost however few messages the events come in.
    /// </summary>
    private sealed class LossyQueues(int perThousand) : IOutgoingGrainCallFilter
    {
        private int messages;
        private int lost;
        private volatile bool stopped;

        public int Lost => lost;

        public void Stop() => stopped = true;

        public Task Invoke(IOutgoingGrainCallContext context)
        {
            if (stopped || context.MethodName != "Enqueue" || !IsLost(Interlocked.Increment(ref messages)))
                return context.Invoke();
            Interlocked.Increment(ref lost);
            return Task.CompletedTask;
        }

        private bool IsLost(int number) => perThousand > 0 && (number - 2) % (1_000 / perThousand) == 0;
    }
}
