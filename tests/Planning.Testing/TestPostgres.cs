using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Planning.Postgres.Private;

namespace Planning.Testing;

/// <summary>
/// One private PostgreSQL per test process, in a temporary folder, started by the first test that needs it.
/// It is durable like any other. When the process ends, even by kill -9, the server goes and the folder is removed.
/// </summary>
public sealed class TestPostgres
{
    private static readonly Lazy<Task<TestPostgres>> Shared = new(StartAsync);

    private static int _databases;

    private readonly PrivatePostgres _server;

    // Held on to: when the folder's own pipe is collected as garbage, its remover takes that for the end of this process.
    private readonly TemporaryDataFolder _folder;

    private TestPostgres(PrivatePostgres server, TemporaryDataFolder folder) => (_server, _folder) = (server, folder);

    /// <summary>Where its data are; gone with the process.</summary>
    public string DataFolder => _folder.Path;

    /// <summary>The server's process, for tests that end it; it comes back by itself, under the same address.</summary>
    public int ProcessId => _server.ProcessId;

    /// <summary>As the superuser, to a database that nobody else uses for anything.</summary>
    public string AdminConnectionString => _server.ConnectionString;

    /// <summary>The server of this process.</summary>
    public static Task<TestPostgres> GetAsync() => Shared.Value;

    /// <summary>A new database, empty or a copy of <paramref name="template"/>, which is dropped when disposed.</summary>
    public static async Task<TestDatabase> CreateDatabaseAsync(string? template = null)
    {
        var server = await GetAsync();
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await server.ExecuteAsync($"CREATE DATABASE {name}" + (template is null ? "" : $" TEMPLATE \"{template}\""));
        return new TestDatabase(server, name);
    }

    internal async Task ExecuteAsync(string sql)
    {
        // Not from a pool: a test may have killed the server under it.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(AdminConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<TestPostgres> StartAsync()
    {
        var folder = await TemporaryDataFolder.CreateAsync();
        var server = await PrivatePostgres.StartAsync(
            new PrivatePostgresOptions
            {
                DataFolder = folder.Path,
                Settings = new Dictionary<string, string> { ["max_connections"] = "200", ["shared_buffers"] = "64MB" },
            },
            NullLogger.Instance);
        return new TestPostgres(server, folder);
    }
}

/// <summary>A database of one test.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly TestPostgres _server;

    internal TestDatabase(TestPostgres server, string name)
    {
        (_server, Name) = (server, name);
        ConnectionString = new NpgsqlConnectionStringBuilder(server.AdminConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>The database's name, also for use as a template once nobody is connected to it.</summary>
    public string Name { get; }

    /// <summary>As the superuser.</summary>
    public string ConnectionString { get; }

    /// <summary>Ends every session and lets nobody in: to its users it is away.</summary>
    public async Task CloseAsync()
    {
        await _server.ExecuteAsync($"ALTER DATABASE {Name} ALLOW_CONNECTIONS false");
        await _server.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}'");
    }

    /// <summary>Ends what <see cref="CloseAsync"/> began.</summary>
    public Task ReopenAsync() => _server.ExecuteAsync($"ALTER DATABASE {Name} ALLOW_CONNECTIONS true");

    /// <summary>Drops the database, ending all connections to it.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (var pool = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(pool);
        await _server.ExecuteAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
    }
}
