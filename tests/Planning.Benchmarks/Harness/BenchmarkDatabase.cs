using Npgsql;
using Planning.Postgres.Migrations;

namespace Planning.Benchmarks.Harness;

/// <summary>A fresh, migrated database, dropped at the end.</summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    private readonly string admin;
    private readonly string name;

    private BenchmarkDatabase(string admin, string name)
    {
        (this.admin, this.name) = (admin, name);
        ConnectionString = new NpgsqlConnectionStringBuilder(admin) { Database = name }.ConnectionString;
    }

    public string ConnectionString { get; }

    public static async Task<BenchmarkDatabase> CreateAsync(string admin, bool slowCommits)
    {
        var database = new BenchmarkDatabase(admin, $"bench_{Guid.NewGuid():N}");
        await database.ExecuteAsync($"create database {database.name}");
        if (slowCommits)
        {
            // With no siblings needed, every commit waits: the flush of a slow disk.
            await database.ExecuteAsync($"alter database {database.name} set commit_delay = 2000");
            await database.ExecuteAsync($"alter database {database.name} set commit_siblings = 0");
        }
        await Migrator.MigrateAsync(database.ConnectionString);
        await database.ExecuteAsync("checkpoint");
        return database;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"drop database if exists {name} with (force)");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(admin) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
