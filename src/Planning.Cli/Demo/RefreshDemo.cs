using System.CommandLine;

namespace Planning.Cli.Demo;

/// <summary><c>planning demo refresh</c>: the refresh of a shared environment, from its request to its history.</summary>
internal static class RefreshDemo
{
    public static Command Build()
    {
        var database = new Option<string?>("--database") { Description = "Connection string of an empty PostgreSQL of your own. Default: a private one that goes with the demo." };
        var command = new Command("refresh", "Carries the refresh of a shared environment from its request to its history, live.") { database };
        command.SetAction((parsed, cancellation) => DemoStage.PlayAsync(
            silos: null, parsed.GetValue(database), logs: "", async (server, console, stop) =>
            {
                using var team = await DemoTeam.GatherAsync(server, stop);
                await new RefreshStory(team, new DemoScript(console), TimeProvider.System.GetUtcNow()).TellAsync(stop);
            },
            last: () => null, cancellation));
        return command;
    }
}
