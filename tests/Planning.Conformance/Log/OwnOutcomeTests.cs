using Planning.Conformance.Harness;
using Planning.Engine.Log;
using Planning.Postgres.Log;
using Xunit;

namespace Planning.Conformance.Log;

/// <summary>Every append of a batch has its own outcome.</summary>
public sealed class OwnOutcomeTests : IAsyncLifetime
{
    private MigratedDatabase database = null!;
    private PostgresEventLog log = null!;

    public async Task InitializeAsync()
    {
        database = await MigratedDatabase.CreateAsync(options => options with { LockTimeout = TimeSpan.FromMilliseconds(300) });
        log = await database.OpenLogAsync(new() { MaxQueuedAppends = 100, MaxLockAttempts = 2 });
    }

    public async Task DisposeAsync()
    {
        await log.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_neighbour_that_conflicts_fails_alone()
    {
        await log.CommittedAsync(Sample.Append(Sample.Plan("pln_13"), 0, "earlier"));

        var outcomes = await AppendAsOneBatchAsync(30);

        Assert.IsType<AppendOutcome.Conflict>(outcomes[13]);
        Assert.Equal(29, outcomes.OfType<AppendOutcome.Committed>().Count());
        await AssertGaplessAsync(30);
    }

    [Fact]
    public async Task A_neighbour_that_the_database_refuses_fails_alone()
    {
        await database.ExecuteAsync("alter table planning.event add constraint test_only check (entity <> 'pln_13')");

        var outcomes = await AppendAsOneBatchAsync(30);

        Assert.Contains("test_only", Assert.IsType<AppendOutcome.InvalidData>(outcomes[13]).Message, StringComparison.Ordinal);
        Assert.Equal(29, outcomes.OfType<AppendOutcome.Committed>().Count());
        await AssertGaplessAsync(29);
    }

    [Fact]
    public async Task A_row_that_silently_is_not_written_fails_alone_and_leaves_no_hole()
    {
        await database.ExecuteAsync(
            """
            create function planning.test_drop() returns trigger language plpgsql as 'begin if new.entity = ''pln_13'' then return null; end if; return new; end';
            create trigger test_only before insert on planning.event for each row execute function planning.test_drop();
            """);

        var outcomes = await AppendAsOneBatchAsync(30);

        Assert.IsType<AppendOutcome.InvalidData>(outcomes[13]);
        Assert.Equal(29, outcomes.OfType<AppendOutcome.Committed>().Count());
        await AssertGaplessAsync(29);
    }

    [Fact]
    public async Task A_partition_without_a_head_row_says_what_to_do()
    {
        await database.ExecuteAsync("delete from planning.partition_head");

        var outcome = Assert.IsType<AppendOutcome.Unavailable>(await log.OutcomeAsync(Sample.Append(Sample.Plan("pln_1"), 0)));

        Assert.Contains("partition_head", outcome.Message, StringComparison.Ordinal);
        Assert.True(outcome.RetryAfter > TimeSpan.Zero);
        await Assert.ThrowsAsync<LogUnavailableException>(async () => await log.HeadAsync(0, CancellationToken.None));
    }

    [Fact]
    public async Task A_session_that_holds_the_head_is_ended()
    {
        await using var holder = await database.OpenAsync();
        await using var hold = new Npgsql.NpgsqlCommand("begin; update planning.partition_head set position = position", holder);
        await hold.ExecuteNonQueryAsync();

        Assert.Equal(1, await log.CommittedAsync(Sample.Append(Sample.Plan("pln_1"), 0)));

        await using var after = new Npgsql.NpgsqlCommand("select 1", holder);
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => after.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_full_queue_refuses_and_takes_again_when_it_is_empty()
    {
        await using var holder = await database.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand("update planning.partition_head set position = position", holder, transaction))
            await hold.ExecuteNonQueryAsync();

        var appends = Enumerable.Range(0, 150).Select(i => log.OutcomeAsync(Sample.Append(Sample.Plan($"pln_{i}"), 0)).AsTask()).ToArray();
        var refused = appends.Where(append => append.IsCompleted).ToArray();
        await transaction.RollbackAsync();
        var outcomes = await Task.WhenAll(appends);

        Assert.Equal(50, refused.Length);
        Assert.Equal(50, outcomes.OfType<AppendOutcome.Unavailable>().Count(o => o.RetryAfter > TimeSpan.Zero));
        Assert.Equal(100, outcomes.OfType<AppendOutcome.Committed>().Count());
        Assert.Equal(101, await log.CommittedAsync(Sample.Append(Sample.Plan("pln_149"), 0)));
    }

    /// <summary>Free by the time the caller can know, not a moment later: who appends one after the other is never refused.</summary>
    [Fact]
    public async Task Who_has_an_outcome_no_longer_takes_a_place_in_the_queue()
    {
        var queue = new AppendQueue(new() { MaxQueuedAppends = 1 });
        var (first, second) = (new PendingAppend(Sample.Append(Sample.Plan("pln_1"), 0), "epoch"), new PendingAppend(Sample.Append(Sample.Plan("pln_2"), 0), "epoch"));
        Assert.True(queue.TryAdd(first));
        Assert.False(queue.TryAdd(second));

        first.Answer(new AppendOutcome.Committed(1));
        first.Answer(new AppendOutcome.Unknown("An answer is given once."));

        Assert.True(queue.TryAdd(second));
        Assert.False(queue.TryAdd(new(Sample.Append(Sample.Plan("pln_3"), 0), "epoch")));
        Assert.Equal(new AppendOutcome.Committed(1), await first.Outcome);
    }

    [Fact]
    public async Task A_database_that_is_away_is_an_outcome_and_no_exception()
    {
        await using var closed = new Postgres.PlanningDatabase(new() { ConnectionString = database.ConnectionString });
        await using var other = await MigratedDatabase.OpenLogAsync(closed);
        await database.ExecuteAsync("drop table planning.event cascade");

        Assert.IsType<AppendOutcome.Unavailable>(await other.OutcomeAsync(Sample.Append(Sample.Plan("pln_1"), 0)));
        await Assert.ThrowsAsync<LogUnavailableException>(async () => await other.AllAsync());
    }

    /// <summary>Queued while the writer waits for the head, so that one batch holds them all.</summary>
    private async Task<AppendOutcome[]> AppendAsOneBatchAsync(int count)
    {
        await using var holder = await database.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand("update planning.partition_head set position = position", holder, transaction))
            await hold.ExecuteNonQueryAsync();
        var appends = Enumerable.Range(0, count).Select(i => log.OutcomeAsync(Sample.Append(Sample.Plan($"pln_{i}"), 0)).AsTask()).ToArray();
        await transaction.RollbackAsync();
        return await Task.WhenAll(appends);
    }

    private async Task AssertGaplessAsync(int count)
    {
        Assert.Equal(Enumerable.Range(1, count).Select(i => (long)i), (await log.AllAsync()).Select(e => e.Position));
        Assert.Equal(count, await log.HeadAsync(0, CancellationToken.None));
    }
}
