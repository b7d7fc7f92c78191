using Planning.Conformance.Harness;
using Planning.Engine.Log;
using Planning.Postgres;
using Planning.Postgres.Log;
using Xunit;

namespace Planning.Conformance.Log;

/// <summary>The connection breaks around a commit.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private MigratedDatabase database = null!;
    private CuttingProxy proxy = null!;
    private PlanningDatabase pools = null!;
    private PostgresEventLog log = null!;

    public async Task InitializeAsync()
    {
        database = await MigratedDatabase.CreateAsync();
        proxy = new CuttingProxy(database.ConnectionString);
        pools = new PlanningDatabase(new() { ConnectionString = proxy.ConnectionString });
        log = await MigratedDatabase.OpenLogAsync(pools);
        // The writer is connected from here on, and the next thing that it says is the append.
        await log.CommittedAsync(Sample.Append(Sample.Plan("pln_first"), 0));
    }

    public async Task DisposeAsync()
    {
        await log.DisposeAsync();
        await pools.DisposeAsync();
        await proxy.DisposeAsync();
        await database.DisposeAsync();
    }

    [Theory]
    [InlineData(Cut.BeforeTheStatement)]
    [InlineData(Cut.WhileItRuns)]
    [InlineData(Cut.BeforeTheAnswer)]
    public async Task An_append_whose_answer_is_lost_is_committed_exactly_once(Cut where)
    {
        proxy.Arm(where);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => log.OutcomeAsync(Sample.Append(Sample.Plan($"pln_{i}"), 0, ["evt_a" + i, "evt_b" + i])).AsTask()));

        Assert.Equal(1, proxy.Cuts);
        Assert.All(outcomes, outcome => Assert.IsType<AppendOutcome.Committed>(outcome));
        var all = await log.AllAsync();
        Assert.Equal(Enumerable.Range(1, 41).Select(i => (long)i), all.Select(e => e.Position));
        Assert.Equal(41, all.Select(e => e.EventId).Distinct().Count());
        Assert.Equal(
            outcomes.OfType<AppendOutcome.Committed>().Select(o => o.Position),
            Enumerable.Range(0, 20).Select(i => all.Single(e => e.EventId == "evt_b" + i).Position));
    }

    [Fact]
    public async Task After_a_lost_answer_another_event_at_that_version_is_a_conflict()
    {
        await using var other = await database.OpenLogAsync();
        await other.CommittedAsync(Sample.Append(Sample.Plan("pln_1"), 0, "somebody"));
        proxy.Arm(Cut.BeforeTheAnswer);

        Assert.IsType<AppendOutcome.Conflict>(await log.OutcomeAsync(Sample.Append(Sample.Plan("pln_1"), 0, "me")));
    }

    [Fact]
    public async Task A_session_that_is_ended_during_the_commit_changes_nothing()
    {
        // The writer waits for as long as this takes, instead of ending who holds it up.
        await using var patient = new PlanningDatabase(new()
        {
            ConnectionString = database.ConnectionString, LockTimeout = Patience, StatementTimeout = 2 * Patience, AnswerTimeout = 3 * Patience,
        });
        await using var waiting = await MigratedDatabase.OpenLogAsync(patient);
        await using var holder = await database.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand("update planning.partition_head set position = position", holder, transaction))
            await hold.ExecuteNonQueryAsync();
        var append = waiting.OutcomeAsync(Sample.Append(Sample.Plan("pln_1"), 0)).AsTask();

        while (!append.IsCompleted && (long?)await database.ExecuteAsync(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = 'planning_writer' and wait_event_type = 'Lock'") == 0)
            await Task.Yield();
        await transaction.RollbackAsync();

        Assert.IsType<AppendOutcome.Committed>(await append);
        Assert.Equal(2, await log.HeadAsync(0, CancellationToken.None));
    }
}
