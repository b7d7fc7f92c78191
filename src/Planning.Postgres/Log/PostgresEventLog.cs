using Microsoft.Extensions.Logging;
using Npgsql;
using Planning.Domain;
using Planning.Engine.Log;

namespace Planning.Postgres.Log;

/// <summary>
/// The event log on PostgreSQL, with group commit: appends of many entities share one statement and one flush of the
/// WAL, each with its own outcome.
/// </summary>
public sealed class PostgresEventLog : IEventLog, IAsyncDisposable
{
    private static readonly string ReadEntitySql = SqlFile.Read("log/read_entity");
    private static readonly string ReadPartitionSql = SqlFile.Read("log/read_partition");
    private static readonly string ReadWorkspaceSql = SqlFile.Read("log/read_workspace");
    private static readonly string HeadSql = SqlFile.Read("log/head");

    private readonly PlanningDatabase _database;
    private readonly EventLogOptions _options;
    private readonly CommitSignal _signal;
    private readonly PartitionWriter[] _writers;
    private readonly LogWakeUps _wakeUps;

    private PostgresEventLog(PlanningDatabase database, int partitions, EventLogOptions options, TimeProvider time, ILogger logger)
    {
        (_database, _options) = (database, options);
        _signal = new CommitSignal(partitions, logger);
        _writers = [.. Enumerable.Range(0, partitions).Select(partition => new PartitionWriter(database, partition, options, _signal, time, logger))];
        _wakeUps = new LogWakeUps(database, partitions, options, _signal, time, logger);
    }

    public event Action<string>? EpochChanged
    {
        add => _database.Epoch.Changed += value;
        remove => _database.Epoch.Changed -= value;
    }

    public event Action<Committed>? EventsCommitted
    {
        add => _signal.Raised += value;
        remove => _signal.Raised -= value;
    }

    public int PartitionCount => _writers.Length;

    public string Epoch => _database.Epoch.Current;

    /// <param name="database">Migrated; must outlive the log.</param>
    /// <exception cref="LogUnavailableException">The database cannot be reached, or has no schema yet.</exception>
    public static async Task<PostgresEventLog> OpenAsync(
        PlanningDatabase database, EventLogOptions options, TimeProvider time, ILogger<PostgresEventLog> logger, CancellationToken cancellation = default)
    {
        options.Validate();
        try
        {
            var partitions = (int)(await database.Writer.ScalarAsync(SqlFile.Read("log/partitions"), cancellation))!;
            return new PostgresEventLog(database, partitions, options, time, logger);
        }
        catch (PostgresException failure) when (failure.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.InvalidParameterValue)
        {
            throw new LogUnavailableException($"The database has no event log yet ({failure.MessageText}). Run `planning migrate`.", failure);
        }
        catch (NpgsqlException failure)
        {
            throw EventReader.Unavailable(failure);
        }
    }

    public async ValueTask<AppendOutcome> AppendAsync(Append append, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (AppendCheck.Problem(append, _options.Limits) is { } problem)
            return new AppendOutcome.InvalidData(problem);
        var item = new PendingAppend(append, append.Epoch ?? Epoch);
        return _writers[PartitionOf(append.Entity.Workspace)].TryAdd(item)
            ? await item.Outcome
            : new AppendOutcome.Unavailable("The log's queue is full.", _options.RetryAfter);
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEntityAsync(EntityKey entity, long afterVersion, CancellationToken cancellation) =>
        EventReader.ReadAsync(_database.Writer, ReadEntitySql, cancellation, entity.Id, entity.Workspace.Value, (short)entity.Kind, afterVersion);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(int partition, long afterPosition, int maxEvents, CancellationToken cancellation) =>
        EventReader.ReadAsync(_database.Consumer, ReadPartitionSql, cancellation, partition, afterPosition, maxEvents);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadWorkspaceAsync(WorkspaceId workspace, long afterPosition, int maxEvents, CancellationToken cancellation) =>
        EventReader.ReadInWorkspaceAsync(_database, workspace, ReadWorkspaceSql, cancellation, workspace.Value, afterPosition, maxEvents);

    public async ValueTask<long> HeadAsync(int partition, CancellationToken cancellation)
    {
        try
        {
            return await _database.Consumer.ScalarAsync(HeadSql, cancellation, partition) is long position
                ? position
                : throw new LogUnavailableException($"Partition {partition} has no row in planning.partition_head. Run `planning migrate`.");
        }
        catch (NpgsqlException failure)
        {
            throw EventReader.Unavailable(failure);
        }
    }

    public int PartitionOf(WorkspaceId workspace) => Partitions.Of(workspace, PartitionCount);

    /// <summary>Takes no more appends, writes those that are queued, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers)
            await writer.DisposeAsync();
        await _wakeUps.DisposeAsync();
    }
}
