using Npgsql;

namespace Planning.Postgres;

/// <summary>How this process reaches its database.</summary>
public sealed record DatabaseOptions
{
    /// <summary>
    /// Npgsql connection string of a login that is a member of planning_writer, planning_consumer and planning_request
    /// (the one that migrated is). Required. The connection must reach PostgreSQL itself, or a pooler in session mode.
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>Connections for requests of all workspaces together. Default 20.</summary>
    public int MaxRequestConnections { get; init; } = 20;

    /// <summary>Connections for projectors, pumps, timers and snapshots. Default 10.</summary>
    public int MaxConsumerConnections { get; init; } = 10;

    /// <summary>Connections that append to the log and read entities from it. Default 10, at least one per partition and two more.</summary>
    public int MaxWriterConnections { get; init; } = 10;

    /// <summary>How long a statement waits for a lock before it gives up. Default 2 s; below <see cref="StatementTimeout"/>.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the database works on a statement before it gives up. Default 5 s; keep it below the time-out of callers.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a transaction may stand still between two statements before the database ends it, so that a process that is
    /// frozen does not hold its locks for longer. Default 4 s.
    /// </summary>
    public TimeSpan IdleTransactionTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long this process waits for an answer before it takes the connection for lost. Default 8 s; above <see cref="StatementTimeout"/>.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <exception cref="ArgumentException">Names every setting that cannot work.</exception>
    public void Validate()
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(ConnectionString))
            problems.Add($"{nameof(ConnectionString)} is empty.");
        else if (!string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(ConnectionString).Options))
            problems.Add($"{nameof(ConnectionString)} has Options; they are needed here to take on a role. Set such parameters on the database or the login.");
        if (MaxRequestConnections < 1 || MaxConsumerConnections < 2 || MaxWriterConnections < 3)
            problems.Add($"{nameof(MaxRequestConnections)}, {nameof(MaxConsumerConnections)} and {nameof(MaxWriterConnections)} need at least 1, 2 and 3.");
        if (LockTimeout <= TimeSpan.Zero || LockTimeout >= StatementTimeout || StatementTimeout >= AnswerTimeout)
            problems.Add($"{nameof(LockTimeout)} < {nameof(StatementTimeout)} < {nameof(AnswerTimeout)} must hold, all above zero.");
        if (IdleTransactionTimeout <= TimeSpan.Zero)
            problems.Add($"{nameof(IdleTransactionTimeout)} must be above zero.");
        if (problems.Count > 0)
            throw new ArgumentException(string.Join(" ", problems));
    }
}
