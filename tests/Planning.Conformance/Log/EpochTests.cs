using Planning.Conformance.Harness;
using Planning.Engine.Log;
using Planning.Postgres.Log;
using Xunit;

namespace Planning.Conformance.Log;

/// <summary>The log turns out to be another one: its tail may be gone.</summary>
public sealed class EpochTests : IAsyncLifetime
{
    private MigratedDatabase database = null!;
    private PostgresEventLog log = null!;

    public async Task InitializeAsync()
    {
        database = await MigratedDatabase.CreateAsync();
        log = await database.OpenLogAsync();
        await log.CommittedAsync(Sample.Append(Sample.Plan("pln_1"), 0));
    }

    public async Task DisposeAsync()
    {
        await log.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task The_epoch_names_cluster_timeline_database_and_instance()
    {
        var parts = log.Epoch.Split('.');

        Assert.Equal(4, parts.Length);
        Assert.Equal(parts[0], (await database.ExecuteAsync("select system_identifier::text from pg_control_system()"))?.ToString());
        Assert.Equal("1", parts[1]);
        Assert.Equal(parts[2], (await database.ExecuteAsync("select oid::text from pg_database where datname = current_database()"))?.ToString());
    }

    [Fact]
    public async Task Another_epoch_is_noticed_with_the_next_connection_and_said_once()
    {
        var before = log.Epoch;
        var said = new List<string>();
        log.EpochChanged += epoch =>
        {
            lock (said)
                said.Add(epoch);
        };

        await BecomeAnotherLogAsync();
        await log.OutcomeAsync(Sample.Append(Sample.Plan("pln_2"), 0));
        await log.AllAsync();

        lock (said)
            Assert.Equal(log.Epoch, Assert.Single(said));
        Assert.NotEqual(before, log.Epoch);
    }

    [Fact]
    public async Task What_was_decided_before_is_a_conflict_and_what_is_decided_after_is_committed()
    {
        var before = log.Epoch;
        await BecomeAnotherLogAsync();

        Assert.IsType<AppendOutcome.Conflict>(await log.OutcomeAsync(Sample.Append(Sample.Plan("pln_1"), 1) with { Epoch = before }));
        Assert.IsType<AppendOutcome.Committed>(await log.OutcomeAsync(Sample.Append(Sample.Plan("pln_1"), 1) with { Epoch = log.Epoch }));
    }

    /// <summary>What an operator does after a restore of the files; failover breaks all connections likewise.</summary>
    private async Task BecomeAnotherLogAsync()
    {
        await database.ExecuteAsync("update planning.meta set instance = gen_random_uuid()");
        await database.ExecuteAsync("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
    }
}
