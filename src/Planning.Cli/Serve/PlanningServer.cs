using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Planning.Channels;
using Planning.Engine;
using Planning.Engine.Trackers;
using Planning.Gateway;
using Planning.InProcess;
using Planning.Postgres;
using Planning.Scripts;
using Planning.Telemetry;
using Planning.Trackers;
using Serilog;

namespace Planning.Cli.Serve;

/// <summary>
/// The whole product in one process, from the inside out: database, log, node, gateway. Stopped in the opposite order,
/// so that what was accepted is answered before the ground goes.
/// </summary>
public sealed class PlanningServer : IAsyncDisposable
{
    private static readonly string Name = $"{Environment.MachineName}/{Environment.ProcessId}";

    private readonly Stack<IAsyncDisposable> parts = new();

    private PlanningServer() { }

    /// <summary>Where it listens, with the port that was taken.</summary>
    public string Url { get; private set; } = "";

    /// <summary>For the first line that the user reads.</summary>
    public string DatabaseDescription { get; private set; } = "";

    public string ConnectionString { get; private set; } = "";

    /// <summary>The engine behind the gateway; the demo and the benchmarks look at it.</summary>
    public PlanningNode Node { get; private set; } = null!;

    /// <summary>Ends with an error when the server can no longer work.</summary>
    public Task Lost { get; private set; } = Task.CompletedTask;

    /// <param name="wrap">Puts something around the ports; the crash tests end the process at chosen calls with it.</param>
    public static async Task<PlanningServer> StartAsync(ServeSettings settings, CancellationToken cancellation, Func<Backend, Backend>? wrap = null)
    {
        settings.Check();
        var server = new PlanningServer();
        try
        {
            await server.OpenAsync(settings, wrap ?? (backend => backend), TimeProvider.System, cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (parts.TryPop(out var part))
            await part.DisposeAsync();
    }

    private async Task OpenAsync(ServeSettings settings, Func<Backend, Backend> wrap, TimeProvider time, CancellationToken cancellation)
    {
        var logger = Own(Logging.Create(settings));
        var loggers = LoggerFactory.Create(b => b.AddSerilog(logger));

        var trackers = Own(TrackerSet.Open(settings.Trackers, time));
        var database = Own(await DatabaseSource.OpenAsync(settings, loggers, time, cancellation));
        var backend = Own(await PostgresBackend.OpenAsync(
            settings.Connections with { ConnectionString = database.ConnectionString }, settings.Log, settings.Lease, settings.Reads, time, loggers, cancellation));
        var channels = new NotificationChannels(settings.Channels, time);
        Own(new Gone(channels));
        Node = Own(new PlanningNode(wrap(backend.Backend), settings.Node, Name, time, loggers, channels.All, trackers.Trackers,
            [ScriptValidator.Open(settings.Scripts, time, loggers)]));
        Node.Start();

        var app = BuildGateway(settings, trackers.Trackers, logger, time);
        Own(new Gateway(app));
        await app.StartAsync(cancellation);
        Url = app.Urls.First();
        database.Announce(Url);
        (DatabaseDescription, ConnectionString, Lost) = (database.Description, database.ConnectionString, database.Lost);
    }

    private WebApplication BuildGateway(ServeSettings settings, IReadOnlyList<ITracker> trackers, Serilog.ILogger logger, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddSerilog(logger);
        builder.WebHost.UseUrls(settings.Url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.StopTimeout);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(Node.Host);
        builder.Services.AddSingleton(Node.Rulebooks);
        builder.Services.AddSingleton(Node.Views);
        builder.Services.AddSingleton(Node.Work);
        builder.Services.AddPlanningPorts(Node.Backend);
        foreach (var tracker in trackers)
            builder.Services.AddSingleton(tracker);
        builder.Services.AddPlanningGateway(settings.Gateway);
        builder.Services.AddPlanningTelemetry(settings.Telemetry, Name, "all");
        var app = builder.Build();
        app.MapPlanningGateway();
        return app;
    }

    private T Own<T>(T part) where T : IAsyncDisposable
    {
        parts.Push(part);
        return part;
    }

    private sealed class Gone(IDisposable part) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Stopped before it goes: to be disposed of alone would cut off who is being answered, and leave unsaid what is said at the end.</summary>
    private sealed class Gateway(WebApplication app) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
