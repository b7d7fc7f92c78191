using Npgsql;
using NpgsqlTypes;
using Planning.Engine.Log;

namespace Planning.Postgres.Log;

/// <summary>The prepared append of one connection and the arrays that it is filled from, kept from batch to batch.</summary>
internal sealed class AppendStatement : IAsyncDisposable
{
    private static readonly string Sql = SqlFile.Read("log/append");

    private readonly NpgsqlCommand _command;
    private readonly NpgsqlParameter<int> _count = new() { NpgsqlDbType = NpgsqlDbType.Integer };
    private readonly List<string> _workspaces = [];
    private readonly List<short> _kinds = [];
    private readonly List<string> _entities = [];
    private readonly List<long> _versions = [];
    private readonly List<string> _eventIds = [];
    private readonly List<string> _types = [];
    private readonly List<int> _schemaVersions = [];
    private readonly List<string> _commandIds = [];
    private readonly List<long> _commandHashes = [];
    private readonly List<DateTime> _times = [];
    private readonly List<ReadOnlyMemory<byte>> _data = [];
    private readonly List<ReadOnlyMemory<byte>> _metas = [];

    private AppendStatement(NpgsqlConnection connection, int partition)
    {
        _command = new NpgsqlCommand(Sql, connection);
        _command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = partition, NpgsqlDbType = NpgsqlDbType.Integer });
        _command.Parameters.Add(_count);
        Array(_workspaces, NpgsqlDbType.Text);
        Array(_kinds, NpgsqlDbType.Smallint);
        Array(_entities, NpgsqlDbType.Text);
        Array(_versions, NpgsqlDbType.Bigint);
        Array(_eventIds, NpgsqlDbType.Text);
        Array(_types, NpgsqlDbType.Text);
        Array(_schemaVersions, NpgsqlDbType.Integer);
        Array(_commandIds, NpgsqlDbType.Text);
        Array(_commandHashes, NpgsqlDbType.Bigint);
        Array(_times, NpgsqlDbType.TimestampTz);
        Array(_data, NpgsqlDbType.Json);
        Array(_metas, NpgsqlDbType.Json);
    }

    public static async Task<AppendStatement> PrepareAsync(NpgsqlConnection connection, int partition)
    {
        var statement = new AppendStatement(connection, partition);
        await statement._command.PrepareAsync();
        return statement;
    }

    /// <summary>Commits the batch.</summary>
    /// <returns>The position before its first event; null when the partition has no head row, and nothing was written.</returns>
    public async Task<long?> ExecuteAsync(IReadOnlyList<PendingAppend> batch)
    {
        Fill(batch);
        await using var reader = await _command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? reader.GetInt64(0) : null;
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();

    private void Array<T>(List<T> values, NpgsqlDbType elements) =>
        _command.Parameters.Add(new NpgsqlParameter<List<T>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | elements });

    private void Fill(IReadOnlyList<PendingAppend> batch)
    {
        Clear();
        foreach (var item in batch)
            Add(item.Append);
        _count.TypedValue = _versions.Count;
    }

    private void Add(Append append)
    {
        for (var i = 0; i < append.Events.Count; i++)
        {
            var happened = append.Events[i];
            _workspaces.Add(append.Entity.Workspace.Value);
            _kinds.Add((short)append.Entity.Kind);
            _entities.Add(append.Entity.Id);
            _versions.Add(append.ExpectedVersion + 1 + i);
            _eventIds.Add(happened.EventId);
            _types.Add(happened.Type);
            _schemaVersions.Add(happened.SchemaVersion);
            _commandIds.Add(append.CommandId);
            _commandHashes.Add(append.CommandHash);
            _times.Add(append.At.UtcDateTime);
            _data.Add(happened.Data);
            _metas.Add(append.Meta);
        }
    }

    private void Clear()
    {
        _workspaces.Clear();
        _kinds.Clear();
        _entities.Clear();
        _versions.Clear();
        _eventIds.Clear();
        _types.Clear();
        _schemaVersions.Clear();
        _commandIds.Clear();
        _commandHashes.Clear();
        _times.Clear();
        _data.Clear();
        _metas.Clear();
    }
}
