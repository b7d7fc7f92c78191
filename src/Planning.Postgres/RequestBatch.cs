using System.Data;
using Npgsql;
using Planning.Domain;
using Planning.Engine.Reads;

namespace Planning.Postgres;

/// <summary>
/// One statement as the request role. What the role may see is set in the same round trip and the same transaction,
/// so the setting ends with it.
/// </summary>
public sealed class RequestBatch : IAsyncDisposable
{
    private static readonly string SetWorkspaceSql = SqlFile.Read("set_workspace");
    private static readonly string SetViewerSql = SqlFile.Read("set_viewer");
    private static readonly string SetAuditorSql = SqlFile.Read("set_auditor");
    private static readonly string ShowKeySql = SqlFile.Read("people/show_key");
    private static readonly string ShowFeedSql = SqlFile.Read("people/show_feed");

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlBatch batch;

    private RequestBatch(NpgsqlConnection connection, string settingSql, params object?[] values)
    {
        this.connection = connection;
        batch = new NpgsqlBatch(connection);
        Add(settingSql, values);
    }

    /// <summary>Sees the rows of one workspace.</summary>
    public static async ValueTask<RequestBatch> OpenAsync(PlanningDatabase database, WorkspaceId workspace, CancellationToken cancellation) =>
        new(await database.Request.OpenConnectionAsync(cancellation), SetWorkspaceSql, workspace.Value);

    /// <summary>Sees the rows of one workspace that are for a viewer's eyes.</summary>
    public static async ValueTask<RequestBatch> OpenForAsync(PlanningDatabase database, Viewer viewer, CancellationToken cancellation) =>
        new(await database.Request.OpenConnectionAsync(cancellation), SetViewerSql, viewer.Workspace.Value, viewer.Person.Value, viewer.Groups.ToArray(), viewer.SeesAll);

    /// <summary>Sees the security audit of one workspace, which other requests only add to.</summary>
    internal static async ValueTask<RequestBatch> OpenForAuditorAsync(PlanningDatabase database, WorkspaceId workspace, CancellationToken cancellation) =>
        new(await database.Request.OpenConnectionAsync(cancellation), SetAuditorSql, workspace.Value);

    /// <summary>Sees the one API key with this hash, whatever its workspace.</summary>
    internal static async ValueTask<RequestBatch> OpenForKeyAsync(PlanningDatabase database, ReadOnlyMemory<byte> secretHash, CancellationToken cancellation) =>
        new(await database.Request.OpenConnectionAsync(cancellation), ShowKeySql, Convert.ToHexStringLower(secretHash.Span));

    /// <summary>Sees the one calendar feed with this hash, whatever its workspace.</summary>
    internal static async ValueTask<RequestBatch> OpenForFeedAsync(PlanningDatabase database, ReadOnlyMemory<byte> secretHash, CancellationToken cancellation) =>
        new(await database.Request.OpenConnectionAsync(cancellation), ShowFeedSql, Convert.ToHexStringLower(secretHash.Span));

    /// <returns>A reader that stands before the statement's first row.</returns>
    public ValueTask<NpgsqlDataReader> ReadAsync(string sql, CancellationToken cancellation, params object?[] values) =>
        ReadAsync(CommandBehavior.Default, sql, values, cancellation);

    /// <returns>The same, of which each column is read once, in its turn, and no row is held whole: for values of megabytes.</returns>
    public ValueTask<NpgsqlDataReader> ReadLargeAsync(string sql, CancellationToken cancellation, params object?[] values) =>
        ReadAsync(CommandBehavior.SequentialAccess, sql, values, cancellation);

    private async ValueTask<NpgsqlDataReader> ReadAsync(CommandBehavior behavior, string sql, object?[] values, CancellationToken cancellation)
    {
        Add(sql, values);
        var reader = await batch.ExecuteReaderAsync(behavior, cancellation);
        await reader.NextResultAsync(cancellation);
        return reader;
    }

    /// <returns>How many rows the statement wrote.</returns>
    public async ValueTask<int> WriteAsync(string sql, CancellationToken cancellation, params object?[] values)
    {
        Add(sql, values);
        await batch.ExecuteNonQueryAsync(cancellation);
        return checked((int)batch.BatchCommands[1].RecordsAffected);
    }

    public async ValueTask DisposeAsync()
    {
        await batch.DisposeAsync();
        await connection.DisposeAsync();
    }

    private void Add(string sql, object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.AddValues(values);
        batch.BatchCommands.Add(command);
    }
}
