namespace Planning.Scripts.Tests;

public sealed class ScriptOptionsTests
{
    [Fact]
    public void The_defaults_are_in_range() => Assert.Null(new ScriptOptions().Problem());

    [Fact]
    public void Values_out_of_range_are_told_by_name()
    {
        ScriptOptions[] wrong =
        [
            new() { Folder = "/nowhere/scripts" }, new() { FirstUserId = 0 }, new() { SearchPath = "" }, new() { MaxConcurrent = 0 }, new() { MaxTime = TimeSpan.Zero },
            new() { MaxCpuTime = TimeSpan.FromMilliseconds(1) }, new() { MaxMemoryBytes = 1 }, new() { MaxProcesses = 0 }, new() { MaxOpenFiles = 7 }, new() { MaxFileBytes = 1 },
            new() { MaxInputBytes = 1 }, new() { MaxOutputBytes = 1 }, new() { FailureRatio = 0 }, new() { SamplingDuration = TimeSpan.Zero }, new() { MinimumRuns = 1 },
            new() { BreakDuration = TimeSpan.FromDays(2) },
        ];

        Assert.Equal(
            [
                "Folder", "FirstUserId", "SearchPath", "MaxConcurrent", "MaxTime", "MaxCpuTime", "MaxMemoryBytes", "MaxProcesses", "MaxOpenFiles", "MaxFileBytes", "MaxInputBytes",
                "MaxOutputBytes", "FailureRatio", "SamplingDuration", "MinimumRuns", "BreakDuration",
            ],
            wrong.Select(options => options.Problem()!.Split(' ')[1]));
    }
}
