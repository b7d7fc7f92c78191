using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Planning.Crash.Tests;
using Planning.Domain;
using Planning.Grains;

namespace Planning.Cluster.Tests;

/// <summary>What the cluster says of its silos, asked from outside.</summary>
internal static class Members
{
    private const int Dead = 6;

    public static async Task<IReadOnlySet<string>> PlansOnAsync(string cluster, string database, IPEndPoint silo)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster, cluster));
            client.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", $"{database};Search Path=cluster;Pooling=false"));
        });
        using var host = builder.Build();
        await host.StartAsync();
        var grains = ((IGrainFactory)host.Services.GetService(typeof(IGrainFactory))!).GetGrain<IManagementGrain>(0);
        var running = await grains.GetDetailedGrainStatistics();
        await host.StopAsync();
        return running
            .Where(grain => grain.SiloAddress.Endpoint.Equals(silo) && grain.GrainId.Type.ToString() == "plan")
            .Select(grain => GrainKeys.EntityOf(EntityKind.Plan, grain.GrainId.Key.ToString()!).Id)
            .ToHashSet();
    }

    public static async Task DeclaredDeadAsync(string database, IPEndPoint silo)
    {
        using var limit = new CancellationTokenSource(Scale.Patience);
        while (await AskAsync(database, "select status from cluster.membership where address = $1 and port = $2", r => r.GetInt32(0), silo.Address.ToString(), silo.Port) != Dead)
            await Task.Delay(Scale.LookAgain, TimeProvider.System, limit.Token);
    }

    public static Task<(string Holder, long Epoch)> LeaseAsync(string database) =>
        AskAsync(database, "select holder, epoch from planning.lease", r => (r.GetString(0), r.GetInt64(1)));

    private static async Task<T> AskAsync<T>(string database, string sql, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync(), $"Nothing was answered to {sql}");
        return read(reader);
    }
}
