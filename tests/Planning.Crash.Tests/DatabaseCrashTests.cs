using System.Diagnostics;
using System.Globalization;
using Planning.Crash.Tests.Support;
using Xunit.Abstractions;

namespace Planning.Crash.Tests;

/// <summary>PostgreSQL is killed under the server; the server stays up, brings it back, and its clients get through.</summary>
[Collection(Crashes.Name)]
public sealed class DatabaseCrashTests(StoppedServer stopped, ITestOutputHelper output)
{
    private const int Kills = 3;

    [Fact]
    public async Task A_database_that_is_killed_loses_nothing_and_doubles_nothing()
    {
        await using var trial = await Trial.BeginAsync(stopped);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var load = trial.BeginLoad();
            await load.ReachedAsync(Scale.EditsBeforeArming);
            output.WriteLine($"kill {kill} of PostgreSQL after {load.Answered} commands, {load.PerSecond:0}/s (meant: {Scale.MeantPerSecond}/s)");
            KillPostmaster(trial.PostmasterPidFile);
            await load.ReachedAsync(load.Answered + Scale.EditsAfterDatabaseKill);
            await load.EndAsync();

            Assert.Empty(await trial.JudgeAsync(Scale.Patience));
        }
        Assert.Empty(await trial.JudgeAtRestAsync());
        output.WriteLine($"{trial.LogLength} events, each accounted for");
    }

    private static void KillPostmaster(string pidFile)
    {
        using var postmaster = Process.GetProcessById(int.Parse(File.ReadLines(pidFile).First(), CultureInfo.InvariantCulture));
        postmaster.Kill();
    }
}
