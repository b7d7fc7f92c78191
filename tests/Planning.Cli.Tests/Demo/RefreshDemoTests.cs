namespace Planning.Cli.Tests.Demo;

public sealed class RefreshDemoTests
{
    [Fact]
    public async Task The_refresh_demo_tells_the_whole_story_and_draws_the_month()
    {
        using var demo = await PlanningProcess.RunAsync("demo", "refresh");

        Assert.True(await demo.EndAsync() == 0, $"{demo.Errors}\n{string.Join('\n', demo.Output)}");
        string[] told =
        [
            "it destroys of Staging database: data, sessions", "nobody approves their own", "One conflict stands in the way", "the approval is undone; the refresh is REQUESTED as before",
            "ines approves: SCHEDULED", "it is tried again in the same window: SCHEDULED", "history 3: rolled_back", "reminders are set for the day and the hour before", "Sun",
        ];
        Assert.All(told, words => Assert.Contains(demo.Output, line => line.Contains(words, StringComparison.Ordinal)));
        Assert.DoesNotContain(demo.Output, line => line.Contains(" ERR ", StringComparison.Ordinal));
    }
}
