using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using Planning.Benchmarks.Harness;

namespace Planning.Cluster.Benchmarks;

/// <summary>Silo processes on one database, and a client of theirs in this process.</summary>
internal sealed class SiloProcesses : IAsyncDisposable
{
    private readonly List<ServedProcess> processes = [];
    private readonly string cluster = $"bench-{Guid.NewGuid():N}";
    private readonly string database;
    private IHost? client;

    private SiloProcesses(string database) => this.database = database;

    public IReadOnlyList<ServedProcess> Processes => processes;

    public IClusterClient Client { get; private set; } = null!;

    public static async Task<SiloProcesses> StartAsync(
        string database, int silos, Func<SiloPlace, Task<ServedProcess>> start, Action<IClientBuilder> configure)
    {
        var started = new SiloProcesses(database);
        try
        {
            for (var i = 1; i <= silos; i++)
                await started.AddAsync($"silo-{i}", start);
            await started.ConnectAsync(configure);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <returns>Where the new process listens.</returns>
    public async Task<SiloPlace> AddAsync(string name, Func<SiloPlace, Task<ServedProcess>> start)
    {
        var place = SiloPlace.Free(cluster, name, database);
        processes.Add(await start(place));
        return place;
    }

    /// <summary>Orleans' own connections, as the product's silos have them.</summary>
    public static string Membership(string database) =>
        new NpgsqlConnectionStringBuilder(database) { Options = "-c role=planning_cluster -c search_path=cluster", MaxPoolSize = 5, NoResetOnClose = true }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (client is not null)
        {
            await client.StopAsync();
            client.Dispose();
        }
        foreach (var process in Enumerable.Reverse(processes))
            await process.DisposeAsync();
    }

    private async Task ConnectAsync(Action<IClientBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(orleans =>
        {
            orleans.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster, cluster));
            orleans.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", Membership(database)));
            configure(orleans);
        });
        client = builder.Build();
        await client.StartAsync();
        Client = (IClusterClient)client.Services.GetService(typeof(IClusterClient))!;
    }
}
