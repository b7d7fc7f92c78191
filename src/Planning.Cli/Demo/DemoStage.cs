using Npgsql;
using Planning.Cli.Demo.Cluster;
using Planning.Cli.Handoff;
using Planning.Cli.Serve;
using Planning.Client;
using Planning.Postgres.Migrations;
using Planning.Postgres.Private;
using Spectre.Console;

namespace Planning.Cli.Demo;

/// <summary>What every demo plays on: a server or cluster of its own on free ports, and a terminal.</summary>
internal static class DemoStage
{
    /// <param name="silos">Null for one server without a cluster.</param>
    /// <param name="logs">Where the processes of a cluster write theirs.</param>
    /// <param name="last">Printed when everything has stopped, so that nothing a server says while it stops comes after it.</param>
    public static async Task<int> PlayAsync(
        int? silos, string? database, string logs, Func<Uri, IAnsiConsole, CancellationToken, Task> play, Func<string?> last, CancellationToken cancellation)
    {
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
            await using (var serving = await ServingAsync(silos, settings, logs, cancellation))
            {
                console.WriteLine($"Serving {serving.Url.GetLeftPart(UriPartial.Authority)}; everything below goes over HTTP, each person with a key of their own.");
                await play(serving.Url, console, cancellation);
            }
            // Whole and on one line, so it is not left to a console that wraps.
            if (last() is { } line)
                Console.WriteLine($"{Environment.NewLine}{line}");
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

    /// <summary>What answers at the address, in this process or in others.</summary>
    private sealed record Serving(Uri Url, IAsyncDisposable Server) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
