using Planning.Conformance.Harness;
using Planning.Engine.Log;
using Planning.Postgres;
using Planning.Postgres.Log;
using Xunit;

namespace Planning.Conformance.Log;

/// <summary>Two logs on one database, as two processes have them.</summary>
public sealed class TwoProcessesTests : IAsyncLifetime
{
    private static readonly EventLogOptions NeverPolls = new() { PollInterval = TimeSpan.FromHours(1) };

    private MigratedDatabase database = null!;
    private PlanningDatabase otherPools = null!;
    private PostgresEventLog one = null!;
    private PostgresEventLog other = null!;

    public async Task InitializeAsync()
    {
        database = await MigratedDatabase.CreateAsync();
        otherPools = new PlanningDatabase(new() { ConnectionString = database.ConnectionString });
        one = await database.OpenLogAsync(NeverPolls);
        other = await MigratedDatabase.OpenLogAsync(otherPools, NeverPolls);
    }

    public async Task DisposeAsync()
    {
        await one.DisposeAsync();
        await other.DisposeAsync();
        await otherPools.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Exactly_one_wins_each_version_and_positions_have_no_holes()
    {
        const int Entities = 30;
        const int Versions = 20;
        var wins = new int[2];

        await Task.WhenAll(Enumerable.Range(0, Entities).SelectMany(entity => new[] { Race(0, one, entity), Race(1, other, entity) }));

        var all = await one.AllAsync();
        Assert.Equal(Entities * Versions, wins.Sum());
        Assert.Equal(Enumerable.Range(1, Entities * Versions).Select(i => (long)i), all.Select(e => e.Position));
        Assert.All(all.GroupBy(e => e.Entity), history => Assert.Equal(Enumerable.Range(1, Versions).Select(i => (long)i), history.Select(e => e.Version)));

        async Task Race(int who, PostgresEventLog log, int entity)
        {
            for (var version = 0; version < Versions; version++)
            {
                var outcome = await log.OutcomeAsync(Sample.Append(Sample.Plan($"pln_{entity}"), version, $"writer{who}"));
                if (outcome is AppendOutcome.Committed)
                    Interlocked.Increment(ref wins[who]);
                else
                    Assert.IsType<AppendOutcome.Conflict>(outcome);
            }
        }
    }

    [Fact]
    public async Task A_commit_wakes_the_other_process_up()
    {
        var woken = new SemaphoreSlim(0);
        other.EventsCommitted += committed =>
        {
            Assert.Empty(committed.Events);
            woken.Release();
        };
        // The first comes when the listener is connected; what follows can only be a notification.
        await woken.WaitAsync();

        await one.CommittedAsync(Sample.Append(Sample.Plan("pln_1"), 0));

        await woken.WaitAsync();
        Assert.Single(await other.AllAsync());
    }

    [Fact]
    public async Task A_lost_notification_is_made_up_for_by_the_poll()
    {
        var time = new Testing.FakeTime();
        await using var polling = await PostgresEventLog.OpenAsync(
            otherPools, new() { PollInterval = TimeSpan.FromSeconds(2) }, time, Microsoft.Extensions.Logging.Abstractions.NullLogger<PostgresEventLog>.Instance);
        var woken = new SemaphoreSlim(0);
        polling.EventsCommitted += _ => woken.Release();
        await woken.WaitAsync();
        await time.UntilWaitingAsync();

        await database.ExecuteAsync("update planning.partition_head set position = position + 1");
        time.Advance(TimeSpan.FromSeconds(2));

        await woken.WaitAsync();
    }
}
