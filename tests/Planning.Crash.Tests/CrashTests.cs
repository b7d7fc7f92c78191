using Planning.Crash.Tests.Support;
using Planning.CrashHost;
using Xunit.Abstractions;

namespace Planning.Crash.Tests;

/// <summary>The server's process is killed at named points under load; nothing that was answered is lost, and nothing happens twice.</summary>
[Collection(Crashes.Name)]
public sealed class CrashTests(StoppedServer stopped, ITestOutputHelper output)
{
    /// <summary>Each fault point, and on which passages under load the process ends, one after the other on the same data.</summary>
    public static TheoryData<string, int[]> Kills => new()
    {
        { FaultPoints.BeforeCommit, [50, 700, 1500] },
        { FaultPoints.AfterCommit, [50, 700, 1500] },
        { FaultPoints.BeforePosition, [1, 10, 60] },
        { FaultPoints.InGateRun, [1, 4, 11] },
        { FaultPoints.InSignature, [1, 2, 5] },
        { FaultPoints.InDigest, [1, 3, 4] },
    };

    [Theory, MemberData(nameof(Kills))]
    public async Task A_server_that_is_killed_there_loses_nothing_and_doubles_nothing(string point, int[] passages)
    {
        await using var trial = await Trial.BeginAsync(stopped);
        foreach (var passage in passages)
        {
            var load = trial.BeginLoad();
            await load.ReachedAsync(Scale.EditsBeforeArming);
            await trial.Host.ArmAsync(point, passage);
            await trial.ServerEndsAsync();
            output.WriteLine($"{point}:{passage} after {load.Answered} commands, {load.PerSecond:0}/s (meant: {Scale.MeantPerSecond}/s)");
            Assert.Equal(point, trial.Host.Fault);

            await trial.StartServerAsync();
            await load.EndAsync();

            Assert.Empty(await trial.JudgeAsync(Scale.Patience));
        }
        Assert.Empty(await trial.JudgeAtRestAsync());
        output.WriteLine($"{trial.LogLength} events, each accounted for");
    }
}
