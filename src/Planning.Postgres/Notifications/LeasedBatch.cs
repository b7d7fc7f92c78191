using Npgsql;
using Planning.Engine.Leases;

namespace Planning.Postgres.Notifications;

/// <summary>Statements for whoever holds the lease, in one round trip and one transaction.</summary>
internal sealed class LeasedBatch(PlanningDatabase database, long leaseEpoch)
{
    private static readonly string HeldSql = SqlFile.Read("notifications/lease_held");

    /// <summary>Statements that write ask for the lease themselves: this only says that it was lost.</summary>
    /// <returns>The rows of the last statement.</returns>
    /// <exception cref="LeaseLostException">Another holds the lease.</exception>
    public async ValueTask<List<T>> ReadAsync<T>(Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params (string Sql, object?[] Values)[] statements)
    {
        await using var connection = await database.Consumer.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (sql, values) in statements.Prepend((HeldSql, [leaseEpoch])))
        {
            var command = new NpgsqlBatchCommand(sql);
            command.AddValues(values);
            batch.BatchCommands.Add(command);
        }
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (!reader.GetBoolean(0))
            throw new LeaseLostException($"Lease epoch {leaseEpoch} is over.");
        var rows = new List<T>();
        while (await reader.NextResultAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                rows.Add(read(reader));
        }
        return rows;
    }
}
