using Npgsql;
using NpgsqlTypes;
using Planning.Engine.Log;

namespace Planning.Postgres.Log;

/// <summary>The prepared append of one connection and the arrays that it is filled from, kept from batch to batch.</summary>
internal sealed class AppendStatement : IAsyncDisposable
{
    private static readonly string Sql = SqlFile.Read("log/append");

    private readonly NpgsqlCommand command;
    private readonly NpgsqlParameter<int> count = new() { NpgsqlDbType = NpgsqlDbType.Integer };
    private readonly List<string> workspaces = [];
    private readonly List<short> kinds = [];
    private readonly List<string> entities = [];
    private readonly List<long> versions = [];
    private readonly List<string> eventIds = [];
    private readonly List<string> types = [];
    private readonly List<int> schemaVersions = [];
    private readonly List<string> commandIds = [];
    private readonly List<long> commandHashes = [];
    private readonly List<DateTime> times = [];
    private readonly List<ReadOnlyMemory<byte>> data = [];
    private readonly List<ReadOnlyMemory<byte>> metas = [];

    private AppendStatement(NpgsqlConnection connection, int partition)
    {
        command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = partition, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(count);
        Array(workspaces, NpgsqlDbType.Text);
        Array(kinds, NpgsqlDbType.Smallint);
        Array(entities, NpgsqlDbType.Text);
        Array(versions, NpgsqlDbType.Bigint);
        Array(eventIds, NpgsqlDbType.Text);
        Array(types, NpgsqlDbType.Text);
        Array(schemaVersions, NpgsqlDbType.Integer);
        Array(commandIds, NpgsqlDbType.Text);
        Array(commandHashes, NpgsqlDbType.Bigint);
        Array(times, NpgsqlDbType.TimestampTz);
        Array(data, NpgsqlDbType.Json);
        Array(metas, NpgsqlDbType.Json);
    }

    public static async Task<AppendStatement> PrepareAsync(NpgsqlConnection connection, int partition)
    {
        var statement = new AppendStatement(connection, partition);
        await statement.command.PrepareAsync();
        return statement;
    }

    /// <summary>Commits the batch.</summary>
    /// <returns>The position before its first event; null when the partition has no head row, and nothing was written.</returns>
    public async Task<long?> ExecuteAsync(IReadOnlyList<PendingAppend> batch)
    {
        Fill(batch);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? reader.GetInt64(0) : null;
    }

    public ValueTask DisposeAsync() => command.DisposeAsync();

    private void Array<T>(List<T> values, NpgsqlDbType elements) =>
        command.Parameters.Add(new NpgsqlParameter<List<T>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | elements });

    private void Fill(IReadOnlyList<PendingAppend> batch)
    {
        Clear();
        foreach (var item in batch)
            Add(item.Append);
        count.TypedValue = versions.Count;
    }

    private void Add(Append append)
    {
        for (var i = 0; i < append.Events.Count; i++)
        {
            var happened = append.Events[i];
            workspaces.Add(append.Entity.Workspace.Value);
            kinds.Add((short)append.Entity.Kind);
            entities.Add(append.Entity.Id);
            versions.Add(append.ExpectedVersion + 1 + i);
            eventIds.Add(happened.EventId);
            types.Add(happened.Type);
            schemaVersions.Add(happened.SchemaVersion);
            commandIds.Add(append.CommandId);
            commandHashes.Add(append.CommandHash);
            times.Add(append.At.UtcDateTime);
            data.Add(happened.Data);
            metas.Add(append.Meta);
        }
    }

    private void Clear()
    {
        workspaces.Clear();
        kinds.Clear();
        entities.Clear();
        versions.Clear();
        eventIds.Clear();
        types.Clear();
        schemaVersions.Clear();
        commandIds.Clear();
        commandHashes.Clear();
        times.Clear();
        data.Clear();
        metas.Clear();
    }
}
