using Npgsql;
using NpgsqlTypes;

namespace Planning.Postgres.Log;

/// <summary>The one connection that a partition's writer keeps, opened when needed.</summary>
internal sealed class WriterConnection(PlanningDatabase database, int partition) : IAsyncDisposable
{
    private static readonly string FindSql = SqlFile.Read("log/find_written");
    private static readonly string EndBlockerSql = SqlFile.Read("log/end_blocker");

    private NpgsqlConnection? connection;
    private AppendStatement? append;

    /// <summary>Opens and prepares unless that is done. Nothing was sent when it throws.</summary>
    public async Task OpenAsync()
    {
        if (append is not null && connection is { FullState: System.Data.ConnectionState.Open })
            return;
        await DropAsync();
        connection = await database.Writer.OpenConnectionAsync();
        append = await AppendStatement.PrepareAsync(connection, partition);
    }

    public Task<long?> AppendAsync(IReadOnlyList<PendingAppend> batch) => append!.ExecuteAsync(batch);

    /// <summary>What the log has at the first version of each append: its event id and position.</summary>
    public async Task<IReadOnlyDictionary<PendingAppend, Written>> FindAsync(IReadOnlyList<PendingAppend> batch)
    {
        await using var command = new NpgsqlCommand(FindSql, connection);
        void Add<T>(NpgsqlDbType type, Func<PendingAppend, int, T> value) =>
            command.Parameters.Add(new() { Value = batch.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
        Add(NpgsqlDbType.Integer, (_, place) => place);
        Add(NpgsqlDbType.Text, (item, _) => item.Append.Entity.Workspace.Value);
        Add(NpgsqlDbType.Smallint, (item, _) => (short)item.Append.Entity.Kind);
        Add(NpgsqlDbType.Text, (item, _) => item.Append.Entity.Id);
        Add(NpgsqlDbType.Bigint, (item, _) => item.Append.ExpectedVersion + 1);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new Dictionary<PendingAppend, Written>();
        while (await reader.ReadAsync())
            found.Add(batch[reader.GetInt32(0)], new(reader.GetString(1), reader.GetInt64(2)));
        return found;
    }

    /// <summary>Ends whoever holds the head's row; says whom, null when nobody does any more.</summary>
    public async Task<string?> EndBlockerAsync()
    {
        await using var command = database.Login.Prepare(EndBlockerSql, partition);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync()
            ? $"process {reader.GetInt32(0)} ({reader.GetString(1)}, {reader.GetString(2)}), its transaction open for {reader.GetTimeSpan(3).TotalSeconds:0.0} s"
            : null;
    }

    /// <summary>Lets go of the connection; the pool takes back only one that still works.</summary>
    public async Task DropAsync()
    {
        if (append is not null)
            await append.DisposeAsync();
        if (connection is not null)
            await connection.DisposeAsync();
        (append, connection) = (null, null);
    }

    public async ValueTask DisposeAsync() => await DropAsync();
}

/// <param name="Position">Of the first event of the append.</param>
internal readonly record struct Written(string EventId, long Position);
