using System.CommandLine;
using System.Globalization;
using Planning.Cli.Handoff;
using Planning.Cli.Serve;
using Planning.Client;
using Planning.Postgres.Private;
using Spectre.Console;

namespace Planning.Cli.Demo;

/// <summary><c>planning demo</c>: a real server on a free port, and a plan's whole way through it.</summary>
internal static class DemoCommand
{
    public static Command Build()
    {
        var folder = new Option<string?>("--out") { Description = "Folder for the digest, the keys and the pack. Default: out/demo-TIME." };
        var command = new Command("demo", "Carries a plan from its artifacts to the digest, live.") { folder };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(folder), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? folder, CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        var root = Environment.GetEnvironmentVariable("PLANNING_ROOT");
        folder ??= Path.Combine(root ?? ".", "out", "demo-" + now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect });
        if (Console.IsOutputRedirected)
            console.Profile.Width = 1000;
        var data = Directory.CreateTempSubdirectory("planning-demo-");
        // For root, PostgreSQL runs as another user, who has to pass through; what lies inside stays closed.
        if (!OperatingSystem.IsWindows())
            data.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        try
        {
            console.MarkupLine("A server of its own with a private PostgreSQL is starting …");
            await using var server = await PlanningServer.StartAsync(
                new ServeSettings { Url = "http://127.0.0.1:0", Data = data.FullName, LogLevel = "Error", LogFormat = "text" }, cancellation);
            console.WriteLine($"Serving {server.Url}; everything below goes over HTTP, each person with a key of their own.");
            using var team = await DemoTeam.GatherAsync(new Uri(server.Url), cancellation);
            var story = new DemoStory(team, new DemoFiles(DateOnly.FromDateTime(now.UtcDateTime)), new DemoScript(console), folder, now);
            await story.TellAsync(cancellation);
            // The last line is a command, whole and on one line, so it is not left to a console that wraps.
            Console.WriteLine();
            Console.WriteLine($"{(root is null ? "planning" : "./planning")} verify {Shown(story.PackFile, root)} --trust {Shown(story.KeysFolder, root)}");
            return ExitCodes.Ok;
        }
        catch (Exception e) when (e is PlanningApiException or CommandFailedException or PrivatePostgresException or SettingsException or HttpRequestException or TimeoutException)
        {
            await Console.Error.WriteLineAsync($"The demo stopped: {e.Message}");
            return ExitCodes.Rejected;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static string Shown(string path, string? root) =>
        root is not null && Path.GetFullPath(Environment.CurrentDirectory) == Path.GetFullPath(root) ? Path.GetRelativePath(root, path) : Path.GetFullPath(path);
}
