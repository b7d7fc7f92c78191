using Npgsql;
using Planning.Conformance.Harness;
using Xunit;

namespace Planning.Conformance.Security;

/// <summary>A process that is frozen in the middle of a transaction keeps its locks for a bounded time.</summary>
public sealed class IdleTransactionTests
{
    private const string IdleInTransactionTimeout = "25P03";

    [Fact]
    public async Task A_transaction_that_stands_still_is_ended_and_its_locks_are_free()
    {
        await using var database = await MigratedDatabase.CreateAsync(options => options with { IdleTransactionTimeout = TimeSpan.FromMilliseconds(300) });
        await using var frozen = await database.Pools.Consumer.OpenConnectionAsync();
        await using var transaction = await frozen.BeginTransactionAsync();
        await LockAsync(frozen);

        await using var other = await database.Pools.Consumer.OpenConnectionAsync();
        await LockAsync(other);

        var ended = await Assert.ThrowsAnyAsync<NpgsqlException>(() => LockAsync(frozen));
        Assert.True(ended is PostgresException { SqlState: IdleInTransactionTimeout } or { InnerException: IOException }, ended.ToString());
    }

    /// <summary>Waits for at most the pool's lock time-out.</summary>
    private static async Task LockAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(4711)", connection);
        await command.ExecuteNonQueryAsync();
    }
}
