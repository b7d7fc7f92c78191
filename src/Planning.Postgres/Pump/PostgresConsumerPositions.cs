using Npgsql;
using Planning.Engine.Leases;
using Planning.Engine.Log;
using Planning.Engine.Pump;

namespace Planning.Postgres.Pump;

/// <summary>Positions in the table consumer_position; also for consumers that move theirs in the transaction of their effect.</summary>
public sealed class PostgresConsumerPositions(PlanningDatabase database) : IConsumerPositions
{
    private static readonly string LoadSql = SqlFile.Read("pump/load_position");
    private static readonly string AdvanceSql = SqlFile.Read("pump/advance_position");
    private static readonly string EndBlockerSql = SqlFile.Read("pump/end_blocker");
    private static readonly string ParkSql = SqlFile.Read("pump/park");
    private static readonly string UnparkSql = SqlFile.Read("pump/unpark");

    public async ValueTask<long> LoadAsync(string consumer, int partition, CancellationToken cancellation) =>
        (long?)await database.Consumer.ScalarAsync(LoadSql, cancellation, consumer, partition) ?? 0;

    public async ValueTask<bool> AdvanceAsync(string consumer, int partition, long from, long to, long leaseEpoch, CancellationToken cancellation) =>
        await database.Consumer.WriteAsync(AdvanceSql, cancellation, consumer, partition, from, to, leaseEpoch) == 1;

    /// <summary>The same inside a consumer's own transaction: effect and position, both or neither.</summary>
    /// <exception cref="LeaseLostException">The position or the lease is not what the batch was read under; the transaction must be undone.</exception>
    public static async ValueTask AdvanceAsync(NpgsqlTransaction transaction, string consumer, EventBatch batch, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(AdvanceSql, transaction.Connection, transaction);
        Statement.Fill(command.Parameters, [consumer, batch.Partition, batch.After, batch.Last, batch.LeaseEpoch]);
        if (await command.ExecuteNonQueryAsync(cancellation) != 1)
            throw new LeaseLostException($"{consumer} no longer stands at {batch.After} in partition {batch.Partition}, or lease epoch {batch.LeaseEpoch} is over.");
    }

    /// <summary>Ends whoever holds the position's row; says whom, null when nobody does any more, or when the lease is another's.</summary>
    public async ValueTask<string?> EndBlockerAsync(string consumer, int partition, long leaseEpoch, CancellationToken cancellation)
    {
        await using var command = database.Login.Prepare(EndBlockerSql, consumer, partition, leaseEpoch);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? $"process {reader.GetInt32(0)} ({reader.GetString(1)}, {reader.GetString(2)}), its transaction open for {reader.GetTimeSpan(3).TotalSeconds:0.0} s"
            : null;
    }

    public async ValueTask ParkAsync(string consumer, StoredEvent poison, string reason, CancellationToken cancellation) =>
        await database.Consumer.WriteAsync(
            ParkSql, cancellation, consumer, poison.Partition, poison.Position,
            poison.Entity.Workspace.Value, (short)poison.Entity.Kind, poison.Entity.Id, poison.EventId, reason);

    public async ValueTask<bool> UnparkAsync(string consumer, int partition, long position, CancellationToken cancellation) =>
        await database.Consumer.WriteAsync(UnparkSql, cancellation, consumer, partition, position) == 1;
}
