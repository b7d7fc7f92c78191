using Npgsql;

namespace Planning.Postgres.Migrations;

/// <summary>
/// Brings a database's schema to a version, forward or back. Each step is a transaction of its own together with its
/// record; two migrators at once wait for each other, and the second finds nothing left to do.
/// </summary>
public static class Migrator
{
    /// <summary>Held for the whole run. Any number does that nobody else uses for an advisory lock in this database.</summary>
    private const long AdvisoryLock = 0x706C616E6E696E67;

    /// <param name="connectionString">Of a role that may create the schema; it will own it. The first migration also needs CREATEROLE.</param>
    /// <param name="target">The version to end at, 0 for an empty schema; null for the newest that this program knows.</param>
    /// <exception cref="MigrationException">The database and this program do not fit each other; says what to do.</exception>
    public static async Task<MigrationReport> MigrateAsync(string connectionString, int? target = null, CancellationToken cancellation = default)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 });
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await ExecuteAsync(connection, "select pg_advisory_lock($1)", cancellation, AdvisoryLock);
        await ExecuteAsync(connection, SqlFile.Read("migrations/bookkeeping"), cancellation);

        var applied = await AppliedAsync(connection, cancellation);
        RefuseChanged(applied);
        var from = applied.Count;
        var to = target ?? Math.Max(from, Migration.All.Count);
        RefuseUnknown(from, to);

        for (var number = from + 1; number <= to; number++)
            await ForwardAsync(connection, Migration.All[number - 1], cancellation);
        for (var number = from; number > to; number--)
            await BackAsync(connection, Migration.All[number - 1], cancellation);
        return new(from, to);
    }

    private static void RefuseChanged(IReadOnlyList<(string Name, string Checksum)> applied)
    {
        foreach (var (known, (name, checksum)) in Migration.All.Zip(applied))
        {
            if (known.Checksum != checksum)
                throw new MigrationException($"Migration {known.Number} ({name}) is not the one that this database was made with. Use the program that made it, or restore the released file.");
        }
    }

    private static void RefuseUnknown(int from, int to)
    {
        if (to < 0 || (to > Migration.All.Count && to != from))
            throw new MigrationException($"There is no version {to}; this program knows 0 to {Migration.All.Count}.");
        if (from > Migration.All.Count && to < from)
            throw new MigrationException($"The database is at version {from}, newer than this program ({Migration.All.Count}). Go back with the program that brought it there.");
    }

    private static async Task ForwardAsync(NpgsqlConnection connection, Migration step, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, step.Up, cancellation);
        await ExecuteAsync(connection, "insert into planning.migration (number, name, checksum) values ($1, $2, $3)", cancellation, step.Number, step.Name, step.Checksum);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task BackAsync(NpgsqlConnection connection, Migration step, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, step.Down, cancellation);
        await ExecuteAsync(connection, "delete from planning.migration where number = $1", cancellation, step.Number);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<IReadOnlyList<(string Name, string Checksum)>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select name, checksum from planning.migration order by number", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var applied = new List<(string, string)>();
        while (await reader.ReadAsync(cancellation))
            applied.Add((reader.GetString(0), reader.GetString(1)));
        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <param name="From">The version that was found; 0 for an empty database.</param>
/// <param name="To">The version that it is at now.</param>
public sealed record MigrationReport(int From, int To);

public sealed class MigrationException : Exception
{
    public MigrationException() { }
    public MigrationException(string message) : base(message) { }
    public MigrationException(string message, Exception inner) : base(message, inner) { }
}
