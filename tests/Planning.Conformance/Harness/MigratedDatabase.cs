using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Planning.Postgres;
using Planning.Postgres.Log;
using Planning.Postgres.Migrations;
using Planning.Testing;

namespace Planning.Conformance.Harness;

/// <summary>A database of one test, copied from one that was migrated once, and the pools to it.</summary>
public sealed class MigratedDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<TestDatabase>> Template = new(MakeTemplateAsync);

    private readonly TestDatabase own;

    private MigratedDatabase(TestDatabase own, DatabaseOptions options) => (this.own, Pools) = (own, new PlanningDatabase(options));

    public PlanningDatabase Pools { get; }

    /// <summary>As the superuser.</summary>
    public string ConnectionString => own.ConnectionString;

    public static async Task<MigratedDatabase> CreateAsync(Func<DatabaseOptions, DatabaseOptions>? with = null)
    {
        var template = await Template.Value;
        var copy = await TestPostgres.CreateDatabaseAsync(template.Name);
        var options = new DatabaseOptions { ConnectionString = copy.ConnectionString };
        return new(copy, with?.Invoke(options) ?? options);
    }

    public Task<PostgresEventLog> OpenLogAsync(EventLogOptions? options = null) => OpenLogAsync(Pools, options);

    public static Task<PostgresEventLog> OpenLogAsync(PlanningDatabase pools, EventLogOptions? options = null) =>
        PostgresEventLog.OpenAsync(pools, options ?? new(), TimeProvider.System, NullLogger<PostgresEventLog>.Instance);

    /// <summary>As the superuser.</summary>
    public async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>As the superuser, whose statements take as long as they need: what fills a database is slow on a busy machine.</summary>
    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Ends every session and lets nobody in.</summary>
    public Task CloseAsync() => own.CloseAsync();

    public Task ReopenAsync() => own.ReopenAsync();

    public async ValueTask DisposeAsync()
    {
        await Pools.DisposeAsync();
        await own.DisposeAsync();
    }

    private static async Task<TestDatabase> MakeTemplateAsync()
    {
        var template = await TestPostgres.CreateDatabaseAsync();
        await Migrator.MigrateAsync(template.ConnectionString);
        return template;
    }
}
