using System.CommandLine;
using Planning.Cli.Handoff;
using Planning.Postgres.Migrations;
using Planning.Postgres.Private;

namespace Planning.Cli.Serve;

/// <summary><c>planning serve</c>: the server in the foreground, until Ctrl-C or SIGTERM.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var url = new Option<string?>("--url") { Description = "Where to listen. Default http://127.0.0.1:8085, or PLANNING_URL." };
        var database = new Option<string?>("--database") { Description = "Connection string of your own PostgreSQL 15 or newer. Default: a private one, or PLANNING_DATABASE." };
        var data = new Option<string?>("--data") { Description = "Folder of the private PostgreSQL. Default .data, or PLANNING_DATA." };
        var standby = new Option<bool>("--standby") { Description = "Wait until another server on the same data is gone, then take over." };
        var command = new Command("serve", "Starts the server.") { url, database, data, standby };
        command.SetAction((parsed, cancellation) =>
        {
            var environment = ServeSettings.FromEnvironment();
            return RunAsync(
                environment with
                {
                    Url = parsed.GetValue(url) ?? environment.Url,
                    Database = parsed.GetValue(database) ?? environment.Database,
                    Data = parsed.GetValue(data) ?? environment.Data,
                    Standby = parsed.GetValue(standby) || environment.Standby,
                },
                cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(ServeSettings settings, CancellationToken cancellation)
    {
        try
        {
            await using var server = await PlanningServer.StartAsync(settings, cancellation);
            await Console.Error.WriteLineAsync($"Serving {server.Url} on {server.DatabaseDescription}. Stop with Ctrl-C.");
            await Task.WhenAny(server.Lost, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation));
            if (server.Lost is { IsFaulted: true, Exception.InnerException: { } reason })
                throw new CommandFailedException(reason.Message, reason);
            return ExitCodes.Ok;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCodes.Ok;
        }
        catch (Exception e) when (e is SettingsException or PrivatePostgresException or MigrationException or CommandFailedException
            or ArgumentException or IOException or Npgsql.NpgsqlException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.NotDone;
        }
    }
}
