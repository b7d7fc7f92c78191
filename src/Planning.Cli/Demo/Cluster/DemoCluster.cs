using System.Globalization;
using Microsoft.Extensions.Logging;
using Planning.Cli.Serve;
using Serilog;

namespace Planning.Cli.Demo.Cluster;

/// <summary>A database, silos and a gateway, each a process of its own on this machine, from first to last; stopped from last to first.</summary>
internal sealed class DemoCluster : IAsyncDisposable
{
    /// <summary>More on one machine would show nothing more.</summary>
    public const int MaxSilos = 8;

    private readonly Stack<IAsyncDisposable> parts = new();

    private DemoCluster() { }

    /// <summary>Of the gateway.</summary>
    public Uri Url { get; private set; } = null!;

    /// <param name="logs">The folder of the processes' logs.</param>
    public static async Task<DemoCluster> StartAsync(int silos, ServeSettings settings, string logs, CancellationToken cancellation)
    {
        var cluster = new DemoCluster();
        try
        {
            await cluster.OpenAsync(silos, settings, Directory.CreateDirectory(logs).FullName, cancellation);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (parts.TryPop(out var part))
            await part.DisposeAsync();
    }

    private async Task OpenAsync(int silos, ServeSettings settings, string logs, CancellationToken cancellation)
    {
        var program = SiloProgram.Find();
        var logger = Own(Logging.Create(settings));
        using var loggers = LoggerFactory.Create(b => b.AddSerilog(logger));
        var database = Own(await DatabaseSource.OpenAsync(settings, loggers, TimeProvider.System, cancellation));
        var cluster = string.Create(CultureInfo.InvariantCulture, $"demo-{TimeProvider.System.GetUtcNow():yyyyMMddHHmmss}-{Environment.ProcessId}");
        ClusterProcess Start(string name, string role) => Own(ClusterProcess.Start(program, name, role, cluster, database.ConnectionString, logs));

        // The first makes the cluster, the others join it side by side.
        await Start("silo-1", "silo").ReadyAsync(cancellation);
        await Task.WhenAll(Enumerable.Range(2, silos - 1).Select(i => Start($"silo-{i}", "silo")).ToList().Select(silo => silo.ReadyAsync(cancellation)));
        var gateway = Start("gateway", "gateway");
        await gateway.ReadyAsync(cancellation);
        Url = gateway.Url;
    }

    private T Own<T>(T part) where T : IAsyncDisposable
    {
        parts.Push(part);
        return part;
    }
}
