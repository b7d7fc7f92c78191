using System.Data;
using Npgsql;
using Planning.Domain;
using Planning.Engine.Log;

namespace Planning.Postgres.Log;

/// <summary>Runs the queries that answer with events; every outage becomes a <see cref="LogUnavailableException"/>.</summary>
internal static class EventReader
{
    public static ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(NpgsqlDataSource source, string sql, CancellationToken cancellation, params object[] values) =>
        ReadSomeAsync(source, sql, long.MaxValue, cancellation, values);

    /// <summary>Stops behind the event with which <paramref name="maxBytes"/> of data are reached.</summary>
    public static async ValueTask<IReadOnlyList<StoredEvent>> ReadSomeAsync(
        NpgsqlDataSource source, string sql, long maxBytes, CancellationToken cancellation, params object[] values)
    {
        try
        {
            await using var command = source.Prepare(sql, values);
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellation);
            return await ReadAllAsync(reader, maxBytes, cancellation);
        }
        catch (NpgsqlException failure)
        {
            throw Unavailable(failure);
        }
    }

    /// <summary>As the request role, in a transaction that has set the workspace; one round trip.</summary>
    public static async ValueTask<IReadOnlyList<StoredEvent>> ReadInWorkspaceAsync(
        PlanningDatabase database, WorkspaceId workspace, string sql, CancellationToken cancellation, params object[] values)
    {
        try
        {
            await using var request = await RequestBatch.OpenAsync(database, workspace, cancellation);
            await using var reader = await request.ReadAsync(sql, cancellation, values);
            return await ReadAllAsync(reader, long.MaxValue, cancellation);
        }
        catch (NpgsqlException failure)
        {
            throw Unavailable(failure);
        }
    }

    public static LogUnavailableException Unavailable(NpgsqlException failure) =>
        new($"The event log cannot be read: {failure.Message}", failure);

    private static async Task<IReadOnlyList<StoredEvent>> ReadAllAsync(NpgsqlDataReader reader, long maxBytes, CancellationToken cancellation)
    {
        var events = new List<StoredEvent>();
        for (var bytes = 0L; bytes < maxBytes && await reader.ReadAsync(cancellation); bytes += events[^1].Data.Length)
            events.Add(Read(reader));
        return events;
    }

    private static StoredEvent Read(NpgsqlDataReader row) => new(
        Position: row.GetInt64(0),
        Partition: row.GetInt32(1),
        Entity: new(new WorkspaceId(row.GetString(2)), (EntityKind)row.GetInt16(3), row.GetString(4)),
        Version: row.GetInt64(5),
        EventId: row.GetString(6),
        Type: row.GetString(7),
        SchemaVersion: row.GetInt32(8),
        CommandId: row.GetString(9),
        CommandHash: row.GetInt64(10),
        At: row.GetFieldValue<DateTimeOffset>(11),
        Data: row.GetFieldValue<byte[]>(12),
        Meta: row.GetFieldValue<byte[]>(13));
}
