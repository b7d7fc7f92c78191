using System.Runtime.Versioning;
using Npgsql;
using Planning.Postgres.Private;
using Planning.Testing;
using Xunit;
using static Planning.Cli.Tests.Private.StoppedCluster;

namespace Planning.Cli.Tests.Private;

[UnsupportedOSPlatform("windows")]
public sealed class PrivatePostgresTests(StoppedCluster cluster) : IClassFixture<StoppedCluster>
{
    [Fact]
    public async Task A_fresh_folder_gets_a_durable_database_that_answers()
    {
        using var folder = await TemporaryDataFolder.CreateAsync();
        await using var postgres = await Start(folder.Path);

        Assert.False(postgres.Adopted);
        Assert.Equal("planning", await Programs.QueryAsync<string>(postgres.ConnectionString, "SELECT current_database()"));
        Assert.Equal("UTF8", await Programs.QueryAsync<string>(postgres.ConnectionString, "SHOW server_encoding"));
        Assert.Equal("on", await Programs.QueryAsync<string>(postgres.ConnectionString, "SHOW fsync"));
        Assert.Equal("on", await Programs.QueryAsync<string>(postgres.ConnectionString, "SHOW synchronous_commit"));
    }

    [Fact]
    public async Task Nobody_else_of_the_machine_can_reach_the_data()
    {
        using var folder = await cluster.CopyAsync();
        await using var postgres = await Start(folder.Path);

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(folder.Path) & Others);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.Combine(folder.Path, "password")) & Others);
        Assert.Equal("", await Programs.QueryAsync<string>(postgres.ConnectionString, "SHOW listen_addresses"));
        var wrong = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "guess" }.ConnectionString;
        await Assert.ThrowsAsync<PostgresException>(() => Programs.QueryAsync<int>(wrong, "SELECT 1"));
    }

    [Fact]
    public async Task Data_survive_a_stop()
    {
        using var folder = await cluster.CopyAsync();
        await using (var first = await Start(folder.Path))
            await Programs.QueryAsync<object>(first.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS answer");

        await using var second = await Start(folder.Path);

        Assert.False(second.Adopted);
        Assert.Equal(42, await Programs.QueryAsync<int>(second.ConnectionString, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task Given_settings_count()
    {
        using var folder = await cluster.CopyAsync();
        await using var postgres = await Start(
            folder.Path, options => options with { Settings = new Dictionary<string, string> { ["commit_delay"] = "2000" } });

        Assert.Equal("2000", await Programs.QueryAsync<string>(postgres.ConnectionString, "SHOW commit_delay"));
    }

    [Fact]
    public async Task A_data_folder_with_a_long_path_works_although_a_socket_has_a_short_one()
    {
        using var folder = await TemporaryDataFolder.CreateAsync();
        var deep = Path.Combine(Path.GetDirectoryName(folder.Path)!, new string('x', 100), "data");
        Directory.CreateDirectory(Path.GetDirectoryName(deep)!);
        await using var postgres = await Start(deep);

        Assert.Equal(1, await Programs.QueryAsync<int>(postgres.ConnectionString, "SELECT 1"));
        var sockets = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;
        await postgres.DisposeAsync();
        Directory.Delete(sockets);
    }
}
