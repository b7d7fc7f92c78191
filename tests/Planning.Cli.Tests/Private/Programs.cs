using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Xunit;

namespace Planning.Cli.Tests.Private;

internal static class Programs
{
    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    public static Task TerminateAsync(int processId) => RunAsync("kill", "-TERM", processId.ToString(CultureInfo.InvariantCulture));

    public static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }

    public static async Task<T?> QueryAsync<T>(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return (T?)await command.ExecuteScalarAsync();
    }
}
