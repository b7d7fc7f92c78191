using Planning.Crash.Tests.Support;
using Planning.CrashHost;
using Planning.History;
using Xunit.Abstractions;

namespace Planning.Crash.Tests;

/// <summary>The judgement is judged: a server that answers one command without keeping it does not get away with it.</summary>
[Collection(Crashes.Name)]
public sealed class MutantTests(StoppedServer stopped, ITestOutputHelper output)
{
    private const int LostEdit = 300;

    [Fact]
    public async Task A_server_that_loses_one_acknowledgement_is_found_out()
    {
        await using var trial = await Trial.BeginAsync(stopped, "--mutant", $"{LostAcknowledgement.Name}:{LostEdit}");
        var load = trial.BeginLoad();
        await load.ReachedAsync(LostEdit * 3);
        await load.EndAsync();

        var violations = await trial.JudgeAsync(TimeSpan.FromSeconds(3));

        output.WriteLine(string.Join(Environment.NewLine, violations));
        var lost = Assert.Single(violations, v => v.Promise == Promise.AcknowledgedIsKept);
        Assert.Contains("was acknowledged, and the log has no event of it", lost.Message);
        // The plan's next edit goes one too far, because the server believes what it said: that is the only other trace.
        Assert.All(violations, v => Assert.True(v == lost || v.Promise == Promise.VersionsWithoutHoles, v.ToString()));
    }
}
