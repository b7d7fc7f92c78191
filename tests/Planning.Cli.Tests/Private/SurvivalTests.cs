using System.Runtime.Versioning;
using Planning.Postgres.Private;
using Xunit;
using static Planning.Cli.Tests.Private.StoppedCluster;

namespace Planning.Cli.Tests.Private;

/// <summary>Every way in which the server or its process can end.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SurvivalTests(StoppedCluster cluster) : IClassFixture<StoppedCluster>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_server_whose_process_was_killed_is_adopted_and_stopped_by_the_next()
    {
        using var folder = await cluster.CopyAsync();
        using var host = await HostProcess.StartAsync(folder.Path);
        await Programs.QueryAsync<object>(host.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS answer");
        await host.KillAsync();

        await using (var next = await Start(folder.Path))
        {
            Assert.True(next.Adopted);
            Assert.Equal(host.Server, next.ProcessId);
            Assert.Equal(host.ConnectionString, next.ConnectionString);
            Assert.Equal(42, await Programs.QueryAsync<int>(next.ConnectionString, "SELECT answer FROM kept"));
        }

        Assert.False(await PrivatePostgres.StopLeftOverAsync(folder.Path, Patience));
    }

    [Fact]
    public async Task A_survivor_with_other_settings_is_restarted_with_ours()
    {
        using var folder = await cluster.CopyAsync();
        using var host = await HostProcess.StartAsync(folder.Path);
        await host.KillAsync();

        await using var next = await Start(
            folder.Path, options => options with { Settings = new Dictionary<string, string> { ["commit_delay"] = "2000" } });

        Assert.False(next.Adopted);
        Assert.Equal("2000", await Programs.QueryAsync<string>(next.ConnectionString, "SHOW commit_delay"));
    }

    [Fact]
    public async Task A_process_that_is_asked_to_end_takes_its_server_along()
    {
        using var folder = await cluster.CopyAsync();
        using var host = await HostProcess.StartAsync(folder.Path);

        await host.TerminateAsync();

        Assert.False(await PrivatePostgres.StopLeftOverAsync(folder.Path, Patience));
    }

    [Fact]
    public async Task A_killed_server_comes_back_under_the_same_address_with_its_data()
    {
        using var folder = await cluster.CopyAsync();
        await using var postgres = await Start(folder.Path);
        await Programs.QueryAsync<object>(postgres.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS answer");
        var restarted = NextRestart(postgres);
        var killed = postgres.ProcessId;

        Programs.Kill(killed);

        Assert.NotEqual(killed, await restarted.WaitAsync(Patience));
        Assert.Equal(42, await Programs.QueryAsync<int>(postgres.ConnectionString, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task An_adopted_server_that_is_killed_comes_back_too()
    {
        using var folder = await cluster.CopyAsync();
        using var host = await HostProcess.StartAsync(folder.Path);
        await host.KillAsync();
        await using var next = await Start(folder.Path);
        var restarted = NextRestart(next);

        Programs.Kill(next.ProcessId);

        await restarted.WaitAsync(Patience);
        Assert.Equal(1, await Programs.QueryAsync<int>(next.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task A_server_that_may_not_be_restarted_any_more_is_reported_as_exited()
    {
        using var folder = await cluster.CopyAsync();
        await using var postgres = await Start(folder.Path, options => options with { RestartLimit = 0 });

        Programs.Kill(postgres.ProcessId);

        var failure = await Assert.ThrowsAsync<PostgresStartException>(() => postgres.Exited.WaitAsync(Patience));
        Assert.Contains("RestartLimit", failure.Message);
    }

    [Fact]
    public async Task A_left_over_pid_file_that_names_another_program_by_now_does_not_stop_the_start()
    {
        using var folder = await cluster.CopyAsync();
        var pidFile = Path.Combine(folder.Path, "pg", "postmaster.pid");
        await File.WriteAllTextAsync(pidFile, $"{Environment.ProcessId}\n{folder.Path}/pg\n1767600000\n5432\n{folder.Path}/socket\n\n  1234567 99999\nready   \n");
        File.SetUnixFileMode(pidFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);

        await using var postgres = await Start(folder.Path);

        Assert.False(postgres.Adopted);
        Assert.Equal(1, await Programs.QueryAsync<int>(postgres.ConnectionString, "SELECT 1"));
    }

    private static Task<int> NextRestart(PrivatePostgres postgres)
    {
        var restarted = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        postgres.Restarted += (_, restart) => restarted.TrySetResult(restart.ProcessId);
        return restarted.Task;
    }
}
