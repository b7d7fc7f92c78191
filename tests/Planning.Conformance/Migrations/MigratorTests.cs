using Npgsql;
using Planning.Postgres;
using Planning.Postgres.Migrations;
using Planning.Testing;
using Xunit;

namespace Planning.Conformance.Migrations;

/// <summary>The schema on its way forward and back.</summary>
public sealed class MigratorTests
{
    private static readonly int Newest = Migration.All.Count;

    [Fact]
    public async Task The_migrations_lead_to_the_full_schema()
    {
        await using var migrated = await TestPostgres.CreateDatabaseAsync();
        await using var written = await TestPostgres.CreateDatabaseAsync();

        await Migrator.MigrateAsync(migrated.ConnectionString);
        await Catalog.ExecuteAsync(written.ConnectionString, SqlFile.Read("schema"));
        await Catalog.ExecuteAsync(written.ConnectionString, SqlFile.Read("schema_lists"));
        await Catalog.ExecuteAsync(written.ConnectionString, SqlFile.Read("schema_refreshes"));
        await Catalog.ExecuteAsync(written.ConnectionString, SqlFile.Read("schema_audit"));
        await Catalog.ExecuteAsync(written.ConnectionString, SqlFile.Read("schema_notifications"));
        await Catalog.ExecuteAsync(written.ConnectionString, SqlFile.Read("schema_trackers"));
        await Catalog.ExecuteAsync(written.ConnectionString, SqlFile.Read("schema_calendar"));
        await Catalog.ExecuteAsync(written.ConnectionString, SqlFile.Read("schema_gates"));

        Assert.Equal(await Catalog.ReadAsync(written.ConnectionString), await Catalog.ReadAsync(migrated.ConnectionString));
    }

    [Fact]
    public async Task Each_migration_has_a_way_back_that_leaves_nothing()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        for (var version = 1; version <= Newest; version++)
        {
            await Migrator.MigrateAsync(database.ConnectionString, version - 1);
            var before = await Catalog.ReadAsync(database.ConnectionString);

            Assert.Equal(new(version - 1, version), await Migrator.MigrateAsync(database.ConnectionString, version));
            Assert.NotEqual(before, await Catalog.ReadAsync(database.ConnectionString));
            Assert.Equal(new(version, version - 1), await Migrator.MigrateAsync(database.ConnectionString, version - 1));

            Assert.Equal(before, await Catalog.ReadAsync(database.ConnectionString));
            await Migrator.MigrateAsync(database.ConnectionString, version);
        }
    }

    [Fact]
    public async Task Migrators_at_once_wait_for_each_other()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();

        var reports = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Migrator.MigrateAsync(database.ConnectionString)));

        Assert.Single(reports, report => report == new MigrationReport(0, Newest));
        Assert.Equal(4, reports.Count(report => report == new MigrationReport(Newest, Newest)));
    }

    [Fact]
    public async Task Databases_of_one_cluster_can_be_migrated_at_once()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestPostgres.CreateDatabaseAsync()));

        var reports = await Task.WhenAll(databases.Select(database => Migrator.MigrateAsync(database.ConnectionString)));

        Assert.All(reports, report => Assert.Equal(Newest, report.To));
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task A_migration_that_was_changed_after_it_was_applied_is_refused()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await Migrator.MigrateAsync(database.ConnectionString);
        await Catalog.ExecuteAsync(database.ConnectionString, "update planning.migration set checksum = repeat('0', 64) where number = 1");

        var refused = await Assert.ThrowsAsync<MigrationException>(() => Migrator.MigrateAsync(database.ConnectionString));

        Assert.Contains("Migration 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_database_is_left_as_it_is_and_never_taken_back()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await Migrator.MigrateAsync(database.ConnectionString);
        await Catalog.ExecuteAsync(database.ConnectionString, $"insert into planning.migration values ({Newest + 1}, 'later', repeat('0', 64))");

        Assert.Equal(new(Newest + 1, Newest + 1), await Migrator.MigrateAsync(database.ConnectionString));
        await Assert.ThrowsAsync<MigrationException>(() => Migrator.MigrateAsync(database.ConnectionString, Newest));
        await Assert.ThrowsAsync<MigrationException>(() => Migrator.MigrateAsync(database.ConnectionString, Newest + 2));
        await Assert.ThrowsAsync<MigrationException>(() => Migrator.MigrateAsync(database.ConnectionString, -1));
    }

    [Fact]
    public async Task A_database_without_a_schema_says_what_to_do()
    {
        await using var empty = await TestPostgres.CreateDatabaseAsync();
        await using var pools = new PlanningDatabase(new() { ConnectionString = empty.ConnectionString });

        var unavailable = await Assert.ThrowsAsync<Engine.Log.LogUnavailableException>(() => Harness.MigratedDatabase.OpenLogAsync(pools));

        Assert.Contains("planning migrate", unavailable.Message, StringComparison.Ordinal);
    }
}
