using Npgsql;
using Planning.Conformance.Harness;
using Xunit;

namespace Planning.Conformance.Log;

/// <summary>PostgreSQL compiles statements that it takes for costly, unless told not to: by default, on servers that users bring.</summary>
public sealed class NotCompiledTests
{
    [Fact]
    public async Task No_connection_lets_the_server_compile_its_statements()
    {
        await using var database = await MigratedDatabase.CreateAsync();
        await database.ExecuteAsync($"alter database {new NpgsqlConnectionStringBuilder(database.ConnectionString).Database} set jit = on");
        var pools = database.Pools;

        foreach (var pool in new[] { pools.Writer, pools.Consumer, pools.Request, pools.Login })
            Assert.Equal("off", await ShowAsync(pool));

        Assert.Equal("on", await database.ExecuteAsync("show jit"));
    }

    private static async Task<object?> ShowAsync(NpgsqlDataSource pool)
    {
        await using var command = pool.CreateCommand("show jit");
        return await command.ExecuteScalarAsync();
    }
}
