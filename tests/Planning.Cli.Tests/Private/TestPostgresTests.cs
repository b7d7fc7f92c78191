using Npgsql;
using Planning.Testing;
using Xunit;

namespace Planning.Cli.Tests.Private;

/// <summary>What other tests rest on.</summary>
public sealed class TestPostgresTests
{
    [Fact]
    public async Task Databases_of_two_tests_know_nothing_of_each_other()
    {
        await using var one = await TestPostgres.CreateDatabaseAsync();
        await using var two = await TestPostgres.CreateDatabaseAsync();

        await Programs.QueryAsync<object>(one.ConnectionString, "CREATE TABLE mine (id int)");

        Assert.False(await Programs.QueryAsync<bool>(two.ConnectionString, "SELECT EXISTS (SELECT FROM pg_tables WHERE tablename = 'mine')"));
    }

    [Fact]
    public async Task A_database_can_begin_as_a_copy()
    {
        await using var template = await TestPostgres.CreateDatabaseAsync();
        await Programs.QueryAsync<object>(template.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS answer");

        await using var copy = await TestPostgres.CreateDatabaseAsync(template.Name);

        Assert.Equal(42, await Programs.QueryAsync<int>(copy.ConnectionString, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task A_database_is_gone_once_it_is_disposed_even_while_it_is_in_use()
    {
        var database = await TestPostgres.CreateDatabaseAsync();
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();

        await database.DisposeAsync();

        var failure = await Assert.ThrowsAsync<PostgresException>(() => Programs.QueryAsync<int>(database.ConnectionString, "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, failure.SqlState);
    }

    [Fact]
    public async Task The_server_of_the_tests_is_durable_like_any_other()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();

        Assert.Equal("on", await Programs.QueryAsync<string>(database.ConnectionString, "SHOW fsync"));
        Assert.Equal("on", await Programs.QueryAsync<string>(database.ConnectionString, "SHOW synchronous_commit"));
    }
}
