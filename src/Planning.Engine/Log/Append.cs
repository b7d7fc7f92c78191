using Planning.Domain;

namespace Planning.Engine.Log;

/// <summary>The events of one command on one entity: they stand or fall together.</summary>
/// <param name="ExpectedVersion">The version the decision was made on; 0 for an entity without history.</param>
/// <param name="CommandId">Unique per entity; stored with each event, so that a repeated command is known again.</param>
/// <param name="CommandHash">Of the command's body; another body under the same id is refused by the cell.</param>
/// <param name="Meta">UTF-8 JSON object: who, trace id. Never interpreted by the log.</param>
/// <param name="Epoch">
/// The log's epoch when the state was loaded. Where the log is in another one by now, the state may hold events that
/// the log has lost, and the append is a conflict. Null: not compared.
/// </param>
public sealed record Append(
    EntityKey Entity,
    long ExpectedVersion,
    string CommandId,
    long CommandHash,
    DateTimeOffset At,
    ReadOnlyMemory<byte> Meta,
    IReadOnlyList<NewEvent> Events,
    string? Epoch = null);

/// <param name="EventId">Unique in the workspace; stable over retries, because it is made before the append.</param>
/// <param name="Data">UTF-8 JSON object.</param>
public sealed record NewEvent(string EventId, string Type, int SchemaVersion, ReadOnlyMemory<byte> Data);

/// <summary>An event as the log holds it.</summary>
/// <param name="Position">Place in the partition, from 1.</param>
/// <param name="Version">Place in the entity's history, from 1.</param>
public sealed record StoredEvent(
    int Partition,
    long Position,
    EntityKey Entity,
    long Version,
    string EventId,
    string Type,
    int SchemaVersion,
    ReadOnlyMemory<byte> Data,
    ReadOnlyMemory<byte> Meta,
    string CommandId,
    long CommandHash,
    DateTimeOffset At)
{
    /// <summary>What the log makes of one event of an append. Times are kept in UTC, to the microsecond.</summary>
    public static StoredEvent Of(Append append, int index, int partition, long position)
    {
        var happened = append.Events[index];
        return new(
            partition, position, append.Entity, append.ExpectedVersion + 1 + index, happened.EventId, happened.Type, happened.SchemaVersion,
            happened.Data, append.Meta, append.CommandId, append.CommandHash, ToMicrosecond(append.At));
    }

    private static DateTimeOffset ToMicrosecond(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}

/// <summary>How an append ended.</summary>
public abstract record AppendOutcome
{
    private AppendOutcome() { }

    /// <param name="Position">Of the last event.</param>
    public sealed record Committed(long Position) : AppendOutcome;

    /// <summary>The entity has other events after the expected version. Load it again and decide anew.</summary>
    public sealed record Conflict : AppendOutcome
    {
        public static Conflict Instance { get; } = new();
    }

    /// <summary>The data cannot be stored; nothing was written.</summary>
    public sealed record InvalidData(string Message) : AppendOutcome;

    /// <summary>Nothing was written: the queue is full or the database is away.</summary>
    public sealed record Unavailable(string Message, TimeSpan RetryAfter) : AppendOutcome;

    /// <summary>The commit's answer was lost and could not be looked up. The state in memory may be stale.</summary>
    public sealed record Unknown(string Message) : AppendOutcome;
}
