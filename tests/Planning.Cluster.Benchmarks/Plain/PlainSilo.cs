using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;

namespace Planning.Cluster.Benchmarks.Plain;

/// <summary>A silo of the plain Orleans way: its storage and its streams are Orleans' own for ADO.NET.</summary>
internal static class PlainSilo
{
    public const string Verb = "plain-silo";
    public const string Storage = "plain";
    public const string Streams = "plain";

    /// <summary>Of each silo: enough for half of the callers at once, and three silos stay within PostgreSQL's default of 100.</summary>
    private const int Connections = 28;

    /// <summary>Orleans' default is one, which one silo would read alone.</summary>
    private const int Queues = 8;

    public static async Task<int> RunAsync(SiloPlace place)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(place.Url);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (place.Cluster, place.Cluster));
            silo.Configure<SiloOptions>(o => o.SiloName = place.Name);
            silo.ConfigureEndpoints(IPAddress.Loopback, place.SiloPort, place.ClientPort);
            silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", SiloProcesses.Membership(place.Database)));
            silo.AddAdoNetGrainStorage(Storage, o => (o.Invariant, o.ConnectionString) = ("Npgsql", Connection(place.Database)));
            silo.AddAdoNetStreams(Streams, streams =>
            {
                streams.ConfigureAdoNet(options => options.Configure(o => (o.Invariant, o.ConnectionString) = ("Npgsql", Connection(place.Database))));
                streams.ConfigurePartitioning(Queues);
            });
        });
        var app = builder.Build();
        app.MapGet("/health/ready", () => "ready");
        await app.RunAsync();
        return 0;
    }

    /// <summary>Storage and streams share the pool. Statements are prepared, which is more than Orleans' guide says.</summary>
    private static string Connection(string database) => new NpgsqlConnectionStringBuilder(database)
    {
        SearchPath = "plain",
        MaxPoolSize = Connections,
        NoResetOnClose = true,
        MaxAutoPrepare = 20,
        AutoPrepareMinUsages = 2,
    }.ConnectionString;
}
