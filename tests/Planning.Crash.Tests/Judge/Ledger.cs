using Npgsql;
using Planning.Domain;
using Planning.Engine.Log;
using Planning.History;

namespace Planning.Crash.Tests.Judge;

/// <summary>The log and what stands beside it, read straight from the tables and not through the code that is on trial.</summary>
internal sealed class Ledger(string connectionString)
{
    private const string Events =
        """
        select partition, position, workspace, kind, entity, version, event_id, type, schema_version, data, meta, command_id, command_hash, at
        from planning.event where position > $1 order by partition, position
        """;

    private readonly List<StoredEvent> log = [];

    /// <summary>As far as it was read.</summary>
    public IReadOnlyList<StoredEvent> Log => log;

    public long Head => log.Count == 0 ? 0 : log[^1].Position;

    public IReadOnlyList<LoggedEvent> Logged =>
        [.. log.Select(e => new LoggedEvent(e.Partition, e.Position, e.Entity.ToString(), e.Version, e.EventId, e.Type, e.CommandId, e.At))];

    /// <summary>Digests as they are kept: <c>cycle@position json markdown</c>.</summary>
    public async Task<IReadOnlyList<string>> DigestsAsync() =>
        await QueryAsync("select cycle, position, json, markdown from planning.digest", r => $"{r.GetString(0)}@{r.GetInt64(1)} {r.GetString(2)} {r.GetString(3)}");

    /// <summary>Events that a consumer has put aside, with the reason.</summary>
    public async Task<IReadOnlyList<string>> ParkedAsync() =>
        await QueryAsync("select consumer, event_id, reason from planning.parked_event", r => $"{r.GetString(0)} parked {r.GetString(1)}: {r.GetString(2)}");

    public async Task<long> PositionOfAsync(string consumer) =>
        (await QueryAsync("select position from planning.consumer_position where consumer = $1", r => r.GetInt64(0), consumer)).SingleOrDefault();

    /// <summary>Reads what has come since; events never change, so what was read stays read.</summary>
    public async Task ReadOnAsync() => log.AddRange(await QueryAsync(Events, Read, Head));

    /// <summary>Reads everything anew.</summary>
    public async Task ReadAllAsync()
    {
        log.Clear();
        await ReadOnAsync();
    }

    private static StoredEvent Read(NpgsqlDataReader r) => new(
        r.GetInt32(0), r.GetInt64(1), new EntityKey(new WorkspaceId(r.GetString(2)), (EntityKind)r.GetInt16(3), r.GetString(4)), r.GetInt64(5),
        r.GetString(6), r.GetString(7), r.GetInt32(8), r.GetFieldValue<byte[]>(9), r.GetFieldValue<byte[]>(10), r.GetString(11), r.GetInt64(12),
        r.GetFieldValue<DateTimeOffset>(13));

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        // A connection of its own each time: the server behind it may be another one by now.
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }
}
