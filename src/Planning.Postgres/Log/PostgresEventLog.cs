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

    private readonly PlanningDatabase database;
    private readonly EventLogOptions options;
    private readonly CommitSignal signal;
    private readonly PartitionWriter[] writers;
    private readonly LogWakeUps wakeUps;

    private PostgresEventLog(PlanningDatabase database, int partitions, EventLogOptions options, TimeProvider time, ILogger logger)
    {
        (this.database, this.options) = (database, options);
        signal = new CommitSignal(partitions, logger);
        writers = [.. Enumerable.Range(0, partitions).Select(partition => new PartitionWriter(database, partition, options, signal, time, logger))];
        wakeUps = new LogWakeUps(database, partitions, options, signal, time, logger);
    }

    public event Action<string>? EpochChanged
    {
        add => database.Epoch.Changed += value;
        remove => database.Epoch.Changed -= value;
    }

    public event Action<Committed>? EventsCommitted
    {
        add => signal.Raised += value;
        remove => signal.Raised -= value;
    }

    public int PartitionCount => writers.Length;

    public string Epoch => database.Epoch.Current;

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
        if (AppendCheck.Problem(append, options.Limits) is { } problem)
            return new AppendOutcome.InvalidData(problem);
        var item = new PendingAppend(append, append.Epoch ?? Epoch);
        return writers[PartitionOf(append.Entity.Workspace)].TryAdd(item)
            ? await item.Outcome
            : new AppendOutcome.Unavailable("The log's queue is full.", options.RetryAfter);
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEntityAsync(EntityKey entity, long afterVersion, CancellationToken cancellation) =>
        EventReader.ReadAsync(database.Writer, ReadEntitySql, cancellation, entity.Id, entity.Workspace.Value, (short)entity.Kind, afterVersion);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(int partition, long afterPosition, int maxEvents, CancellationToken cancellation) =>
        EventReader.ReadSomeAsync(database.Consumer, ReadPartitionSql, options.MaxReadBytes, cancellation, partition, afterPosition, maxEvents);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadWorkspaceAsync(WorkspaceId workspace, long afterPosition, int maxEvents, CancellationToken cancellation) =>
        EventReader.ReadInWorkspaceAsync(database, workspace, ReadWorkspaceSql, cancellation, workspace.Value, afterPosition, maxEvents);

    public async ValueTask<long> HeadAsync(int partition, CancellationToken cancellation)
    {
        try
        {
            return await database.Consumer.ScalarAsync(HeadSql, cancellation, partition) is long position
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
        foreach (var writer in writers)
            await writer.DisposeAsync();
        await wakeUps.DisposeAsync();
    }
}
