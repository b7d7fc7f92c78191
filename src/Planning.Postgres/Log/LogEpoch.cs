using Npgsql;

namespace Planning.Postgres.Log;

/// <summary>
/// Which log this is. It changes when acknowledged events may be gone: after a failover, after a restore. The tail can
/// only be lost together with all connections, so looking at each new one is enough.
/// </summary>
public sealed class LogEpoch
{
    private static readonly string Sql = SqlFile.Read("log/epoch");

    private readonly Lock gate = new();
    private volatile string? current;

    /// <summary>Raised after a change, from the thread that opened the connection, before that connection is used.</summary>
    public event Action<string>? Changed;

    /// <summary>Empty until the first connection.</summary>
    public string Current => current ?? "";

    internal void See(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Sql, connection);
        Observe((string)command.ExecuteScalar()!);
    }

    internal async Task SeeAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        Observe((string)(await command.ExecuteScalarAsync())!);
    }

    private void Observe(string seen)
    {
        lock (gate)
        {
            var before = current;
            current = seen;
            if (before is null || before == seen)
                return;
        }
        Changed?.Invoke(seen);
    }
}
