using Microsoft.Extensions.Logging.Abstractions;
using Planning.Conformance.Harness;
using Planning.Engine.Log;
using Planning.Engine.Reads;
using Planning.Postgres;
using Planning.Postgres.Migrations;
using Planning.Testing;
using Xunit;

namespace Planning.Conformance.Reads;

/// <summary>All ports of one database together.</summary>
public sealed class BackendTests
{
    [Fact]
    public async Task What_a_command_has_done_is_listed_once_the_projection_has_passed_it()
    {
        await using var database = await MigratedDatabase.CreateAsync();
        await using var opened = await OpenAsync(database.ConnectionString);
        var backend = opened.Backend;
        var history = new History(backend.Log);
        var lease = await backend.Lease.AcquireAsync("test", default);

        await history.CreateAsync("pln_1", "Card payments");
        await history.ExecuteAsync("pln_1");
        await history.FeedAsync(Assert.Single(backend.Projections), lease.Epoch, () => 3);

        var row = Assert.Single((await backend.Reads.ListPlansAsync(History.Workspace, new PlanFilter(Text: "card"), new PageRequest(null, 10), default)).Items);
        Assert.Equal(await backend.Log.HeadAsync(0, default), row.Position);
        Assert.Equal(row.Position, await backend.Positions.LoadAsync(IReadModels.ConsumerName, 0, default));
        await lease.ReleaseAsync();
    }

    [Fact]
    public async Task A_database_of_an_earlier_release_is_refused_with_what_to_do()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await Migrator.MigrateAsync(database.ConnectionString, Migration.All.Count - 1);

        var refused = await Assert.ThrowsAsync<LogUnavailableException>(() => OpenAsync(database.ConnectionString));

        Assert.Contains($"at version {Migration.All.Count - 1}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("planning migrate", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_was_not_migrated_is_refused_with_what_to_do()
    {
        await using var empty = await TestPostgres.CreateDatabaseAsync();

        var refused = await Assert.ThrowsAsync<LogUnavailableException>(() => OpenAsync(empty.ConnectionString));

        Assert.Contains("planning migrate", refused.Message, StringComparison.Ordinal);
    }

    private static Task<PostgresBackend> OpenAsync(string connectionString) => PostgresBackend.OpenAsync(
        new DatabaseOptions { ConnectionString = connectionString }, new(), new(), new(), TimeProvider.System, NullLoggerFactory.Instance, default);
}
