using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Runtime;
using Planning.Engine.Log;
using Planning.Postgres;
using Planning.Postgres.Migrations;
using Planning.Silo;
using Planning.Silo.Logs;
using Serilog;

var url = new Option<string?>("--url") { Description = "Where the interface listens. Default http://127.0.0.1:8085, or PLANNING_URL." };
var database = new Option<string?>("--database") { Description = "Connection string of the cluster's PostgreSQL, or PLANNING_DATABASE." };
var role = new Option<SiloRole?>("--role") { Description = "all, silo or gateway. Default all, or PLANNING_CLUSTER__ROLE." };
var root = new RootCommand("One process of a Planning cluster.") { url, database, role };
root.SetAction(async (parsed, cancellation) =>
{
    try
    {
        var environment = SiloSettings.FromEnvironment();
        var settings = environment with
        {
            Url = parsed.GetValue(url) ?? environment.Url,
            Database = parsed.GetValue(database) ?? environment.Database,
            Cluster = environment.Cluster with { Role = parsed.GetValue(role) ?? environment.Cluster.Role },
        };
        settings.Check();
        await RunAsync(settings, cancellation);
        return 0;
    }
    catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
    {
        return 0;
    }
    catch (Exception e) when (e is ArgumentException or LogUnavailableException or MigrationException or NpgsqlException or IOException)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 2;
    }
});
var invocation = root.Parse(args);
var exitCode = await invocation.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
return invocation.Errors.Count > 0 ? 2 : exitCode;

static async Task RunAsync(SiloSettings settings, CancellationToken cancellation)
{
    var grains = new GrainIds();
    await using var logger = Logging.Create(settings, grains);
    using var loggers = LoggerFactory.Create(b => b.AddSerilog(logger));
    await using var postgres = await PostgresBackend.OpenAsync(
        settings.Connections with { ConnectionString = settings.Database }, settings.Log, settings.Lease, settings.Reads, TimeProvider.System, loggers, cancellation);
    await using var app = new ClusterNode(settings, logger, postgres).Build();
    grains.Bind(app.Services.GetService<IGrainContextAccessor>());
    await app.StartAsync(cancellation);
    await Console.Error.WriteLineAsync($"Serving {app.Urls.First()} as {settings.Cluster.Silo}, role {settings.Cluster.Role}, in cluster {settings.Cluster.Name}. Stop with Ctrl-C.");
    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    await app.StopAsync(CancellationToken.None);
}
