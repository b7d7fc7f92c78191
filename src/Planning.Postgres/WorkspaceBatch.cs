using Npgsql;
using Planning.Domain;

namespace Planning.Postgres;

/// <summary>
/// One statement as the request role inside one workspace: the setting and the statement travel together and are one
/// transaction, so the setting ends with it.
/// </summary>
public sealed class WorkspaceBatch : IAsyncDisposable
{
    private static readonly string SetSql = SqlFile.Read("set_workspace");

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlBatch _batch;

    private WorkspaceBatch(NpgsqlConnection connection, WorkspaceId workspace)
    {
        _connection = connection;
        _batch = new NpgsqlBatch(connection);
        Add(SetSql, [workspace.Value]);
    }

    public static async ValueTask<WorkspaceBatch> OpenAsync(PlanningDatabase database, WorkspaceId workspace, CancellationToken cancellation) =>
        new(await database.Request.OpenConnectionAsync(cancellation), workspace);

    /// <returns>A reader that stands before the statement's first row.</returns>
    public async ValueTask<NpgsqlDataReader> ReadAsync(string sql, CancellationToken cancellation, params object?[] values)
    {
        Add(sql, values);
        var reader = await _batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return reader;
    }

    /// <returns>How many rows the statement wrote.</returns>
    public async ValueTask<int> WriteAsync(string sql, CancellationToken cancellation, params object?[] values)
    {
        Add(sql, values);
        await _batch.ExecuteNonQueryAsync(cancellation);
        return _batch.BatchCommands[1].RecordsAffected;
    }

    public async ValueTask DisposeAsync()
    {
        await _batch.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private void Add(string sql, object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        _batch.BatchCommands.Add(command);
    }
}
