using System.CommandLine;
using System.Globalization;
using Npgsql;
using Planning.Cli.Demo.Cluster;
using Planning.Cli.Handoff;
using Planning.Cli.Serve;
using Planning.Client;
using Planning.Postgres.Migrations;
using Planning.Postgres.Private;
using Spectre.Console;

namespace Planning.Cli.Demo;

/// <summary><c>planning demo</c>: a real server or cluster on free ports, and a plan's whole way through it.</summary>
internal static class DemoCommand
{
    public static Command Build()
    {
        var folder = new Option<string?>("--out") { Description = "Folder for the digest, the keys and the pack. Default: out/demo-TIME." };
        var database = new Option<string?>("--database") { Description = "Connection string of an empty PostgreSQL of your own. Default: a private one that goes with the demo." };
        var cluster = new Option<int?>("--cluster")
        {
            Description = $"Over a cluster of this many silos, 1 to {DemoCluster.MaxSilos}, each a process of its own. Default: one server without a cluster.",
            HelpName = "SILOS",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var silos) && silos is >= 1 and <= DemoCluster.MaxSilos)
                    return silos;
                result.AddError($"--cluster is the number of silos, 1 to {DemoCluster.MaxSilos}, not '{text}'.");
                return null;
            },
        };
        var command = new Command("demo", "Carries a plan from its artifacts to the digest, live.") { folder, database, cluster };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(folder), parsed.GetValue(database), parsed.GetValue(cluster), cancellation));
        command.Add(RefreshDemo.Build());
        return command;
    }

    private static async Task<int> RunAsync(string? folder, string? database, int? silos, CancellationToken cancellation)
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
            var settings = new ServeSettings { Url = "http://127.0.0.1:0", Database = database, Data = data.FullName, LogLevel = "Error", LogFormat = "text" };
            console.MarkupLine(silos is { } many
                ? $"A cluster of its own is starting: {many} silo{(many == 1 ? "" : "s")}, a gateway and a PostgreSQL …"
                : "A server of its own with a PostgreSQL is starting …");
            var story = await TellAsync(console, silos, settings, folder, now, cancellation);
            // The last line is a command, whole and on one line, so it is not left to a console that wraps; and nothing that
            // a server says while it stops comes after it.
            Console.WriteLine();
            Console.WriteLine($"{(root is null ? "planning" : "./planning")} verify {Shown(story.PackFile, root)} --trust {Shown(story.KeysFolder, root)}");
            return ExitCodes.Ok;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("The demo was stopped.");
            return ExitCodes.NotDone;
        }
        catch (Exception e) when (e is PlanningApiException or CommandFailedException or PrivatePostgresException or MigrationException or SettingsException
            or HttpRequestException or TimeoutException or NpgsqlException or ArgumentException or IOException)
        {
            await Console.Error.WriteLineAsync($"The demo stopped: {e.Message}");
            return ExitCodes.Rejected;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<DemoStory> TellAsync(
        IAnsiConsole console, int? silos, ServeSettings settings, string folder, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var serving = await ServingAsync(silos, settings, Path.Combine(folder, "logs"), cancellation);
        console.WriteLine($"Serving {serving.Url.GetLeftPart(UriPartial.Authority)}; everything below goes over HTTP, each person with a key of their own.");
        using var team = await DemoTeam.GatherAsync(serving.Url, cancellation);
        var script = new DemoScript(console);
        var story = new DemoStory(team, new DemoFiles(DateOnly.FromDateTime(now.UtcDateTime)), script, folder, now);
        var told = await story.TellAsync(cancellation);
        if (silos is not null)
        {
            script.Chapter("Which silo served what");
            await Placements.ShowAsync(serving.Url, team, told, console, cancellation);
        }
        await story.ExportAsync(told.Manifest, cancellation);
        return story;
    }

    private static async Task<Serving> ServingAsync(int? silos, ServeSettings settings, string logs, CancellationToken cancellation)
    {
        if (silos is { } many)
        {
            var cluster = await DemoCluster.StartAsync(many, settings, logs, cancellation);
            return new Serving(cluster.Url, cluster);
        }
        var server = await PlanningServer.StartAsync(settings, cancellation);
        return new Serving(new Uri(server.Url), server);
    }

    private static string Shown(string path, string? root) =>
        root is not null && Path.GetFullPath(Environment.CurrentDirectory) == Path.GetFullPath(root) ? Path.GetRelativePath(root, path) : Path.GetFullPath(path);

    /// <summary>What answers at the address, in this process or in others.</summary>
    private sealed record Serving(Uri Url, IAsyncDisposable Server) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
