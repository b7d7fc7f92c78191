using System.CommandLine;
using Planning.Cli.Handoff;
using Planning.Postgres.Migrations;

namespace Planning.Cli.Serve;

/// <summary><c>planning migrate</c>: the schema of your own PostgreSQL, forward or back.</summary>
internal static class MigrateCommand
{
    public static Command Build()
    {
        var database = new Option<string?>("--database") { Description = "Connection string of your PostgreSQL, or PLANNING_DATABASE." };
        var target = new Option<int?>("--to") { Description = "The migration to end at; 0 removes everything. Default: the newest." };
        var command = new Command("migrate", "Brings the database's schema to a version.") { database, target };
        command.SetAction(async (parsed, cancellation) =>
        {
            if ((parsed.GetValue(database) ?? ServeSettings.FromEnvironment().Database) is not { Length: > 0 } connection)
            {
                await Console.Error.WriteLineAsync("Which database? Give its connection string with --database or in PLANNING_DATABASE. A private one is migrated by serve itself.");
                return ExitCodes.NotDone;
            }
            try
            {
                var report = await Migrator.MigrateAsync(connection, parsed.GetValue(target), cancellation);
                Console.WriteLine(report.From == report.To ? $"The schema is at version {report.To} already." : $"The schema went from version {report.From} to {report.To}.");
                return ExitCodes.Ok;
            }
            catch (Exception e) when (e is MigrationException or ArgumentException or Npgsql.NpgsqlException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return ExitCodes.NotDone;
            }
        });
        return command;
    }
}
