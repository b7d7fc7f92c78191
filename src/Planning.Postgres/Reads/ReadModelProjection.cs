using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using Planning.Engine.Log;
using Planning.Engine.Pump;
using Planning.Engine.Reads;
using Planning.Postgres.Pump;

namespace Planning.Postgres.Reads;

/// <summary>
/// Keeps the tables of lists and searches behind the log, a batch and its position in one transaction:
/// <list type="number">
/// <item>fold: each entity of the batch on its state in memory, or on its history</item>
/// <item>advance: the position, under the lease; a holder whose time is over stops here</item>
/// <item>write: one statement for each table, in one round trip; rows that the tables refuse are singled out</item>
/// <item>commit; only then memory is what the tables are</item>
/// </list>
/// An event that cannot be applied is parked; the row of its entity stays as it was, and all others go on.
/// </summary>
public sealed partial class ReadModelProjection : IEventConsumer
{
    private const string BeforeRows = "before_rows";

    private readonly PlanningDatabase database;
    private readonly IEventLog log;
    private readonly ReadModelOptions options;
    private readonly ILogger logger;
    private readonly PostgresConsumerPositions positions;
    private readonly ConcurrentDictionary<int, TrackedEntities> memories = new();

    public ReadModelProjection(PlanningDatabase database, IEventLog log, ReadModelOptions options, ILogger<ReadModelProjection> logger)
    {
        options.Validate();
        (this.database, this.log, this.options, this.logger) = (database, log, options, logger);
        positions = new PostgresConsumerPositions(database);
    }

    public string Name => IReadModels.ConsumerName;

    /// <summary>Asked at the start and after every failure: what is in memory may then be another holder's past.</summary>
    public ValueTask<long> PositionAsync(int partition, CancellationToken cancellation)
    {
        MemoryOf(partition).Clear();
        return positions.LoadAsync(Name, partition, cancellation);
    }

    public async ValueTask HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        var memory = MemoryOf(batch.Partition);
        var fold = new BatchFold(memory, log, options);
        var changes = await fold.ApplyAsync(batch.Events, cancellation);

        var poison = fold.Poison.ToList();
        await using (var connection = await database.Consumer.OpenConnectionAsync(cancellation))
        await using (var transaction = await connection.BeginTransactionAsync(cancellation))
        {
            await AdvanceAsync(transaction, batch, cancellation);
            await WriteAsync(transaction, changes, poison, cancellation);
            await ParkAsync(transaction, poison, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        foreach (var (entity, tracked) in fold.Now)
            memory.Keep(entity, tracked);
        foreach (var (stored, why) in poison)
        {
            memory.Keep(stored.Entity, Tracked.Stuck);
            LogParked(why, stored.EventId, stored.Type, stored.Entity.ToString());
        }
    }

    /// <summary>Whoever holds the position's row beyond the lock time-out is ended; the batch comes again.</summary>
    private async Task AdvanceAsync(NpgsqlTransaction transaction, EventBatch batch, CancellationToken cancellation)
    {
        try
        {
            await PostgresConsumerPositions.AdvanceAsync(transaction, Name, batch, cancellation);
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            LogBlocker(batch.Partition, await positions.EndBlockerAsync(Name, batch.Partition, batch.LeaseEpoch, cancellation) ?? "gone by itself");
            throw;
        }
    }

    private TrackedEntities MemoryOf(int partition) => memories.GetOrAdd(partition, _ => new TrackedEntities(options.MaxTrackedBytes));

    /// <summary>All rows at once; when the tables refuse one, each half for itself, until the refused ones stand alone.</summary>
    private static async Task WriteAsync(
        NpgsqlTransaction transaction, IReadOnlyList<RowChange> changes, List<(StoredEvent Event, Exception Why)> poison, CancellationToken cancellation)
    {
        await transaction.SaveAsync(BeforeRows, cancellation);
        try
        {
            await new RowStatements(changes).ExecuteAsync(transaction, cancellation);
            await transaction.ReleaseAsync(BeforeRows, cancellation);
        }
        catch (PostgresException refusal) when (IsAboutData(refusal))
        {
            await transaction.RollbackAsync(BeforeRows, cancellation);
            await transaction.ReleaseAsync(BeforeRows, cancellation);
            if (changes.Count == 1)
            {
                poison.Add((changes[0].Last, refusal));
                return;
            }
            var half = changes.Count / 2;
            await WriteAsync(transaction, [.. changes.Take(half)], poison, cancellation);
            await WriteAsync(transaction, [.. changes.Skip(half)], poison, cancellation);
        }
    }

    private async Task ParkAsync(NpgsqlTransaction transaction, List<(StoredEvent Event, Exception Why)> poison, CancellationToken cancellation)
    {
        if (poison.Count == 0)
            return;
        var parks = new RowStatements([]);
        foreach (var (stored, why) in poison)
            parks.Park(Name, stored, why.Message);
        await parks.ExecuteAsync(transaction, cancellation);
    }

    /// <summary>
    /// Values that a type or a check refuses, or that are too long for an index: they are refused again and again. Keys
    /// are not about data: where they clash, memory is not what the tables are, and the batch is done again without it.
    /// </summary>
    private static bool IsAboutData(PostgresException refusal) =>
        refusal.SqlState is PostgresErrorCodes.CheckViolation or PostgresErrorCodes.NotNullViolation
        || refusal.SqlState.StartsWith("22", StringComparison.Ordinal)
        || refusal.SqlState.StartsWith("54", StringComparison.Ordinal);

    [LoggerMessage(2302, LogLevel.Warning, "The position of the lists in partition {Partition} was held too long and its blocker was ended: {Blocker}")]
    private partial void LogBlocker(int partition, string blocker);

    [LoggerMessage(2301, LogLevel.Error, "Lists cannot take event {EventId} ({Type}) of {Entity}; it is parked, and the row stays as it was")]
    private partial void LogParked(Exception why, string eventId, string type, string entity);
}
