using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Hosting;
using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Engine.Node;
using Planning.Engine.Rulebooks;
using Planning.Gateway;
using Planning.Gateway.Health;
using Planning.Gateway.Identity;
using Planning.Grains;
using Planning.Postgres;
using Serilog;

namespace Planning.Silo;

/// <summary>
/// One process of the cluster: database, silo, the work beside the entities, gateway. It stops in the opposite order, so
/// that the pump is handed over and requests are answered before the silo leaves.
/// </summary>
internal sealed class ClusterNode(SiloSettings settings, Serilog.ILogger logger, PostgresBackend postgres)
{
    private readonly ClusterSettings cluster = settings.Cluster;

    public WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddSerilog(logger);
        builder.WebHost.UseUrls(settings.Url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.StopTimeout);
        builder.Services.AddSingleton(TimeProvider.System);
        AddEngine(builder.Services);
        if (cluster.Role == SiloRole.Gateway)
            builder.UseOrleansClient(Join);
        else
            builder.UseOrleans(Join);
        // After the silo, and so stopped before it.
        if (cluster.Role != SiloRole.Gateway)
            builder.Services.AddHostedService<WorkService>();
        builder.Services.AddPlanningPorts(postgres.Backend).AddPlanningGateway(settings.Gateway);

        var app = builder.Build();
        if (cluster.Role == SiloRole.Silo)
        {
            app.MapPlanningHealth();
            return app;
        }
        app.MapPlanningGateway();
        app.MapOrleansDashboard(routePrefix: "/dashboard").Demands(Permission.Operate);
        return app;
    }

    private void AddEngine(IServiceCollection services)
    {
        var backend = postgres.Backend;
        services.AddSingleton(s => new SnapshotWriter(backend.Snapshots, s.GetRequiredService<ILogger<SnapshotWriter>>()));
        services.AddSingleton<IRulebooks>(s => new RulebookCache(s.GetRequiredService<IEntityHost>, backend.Blobs, backend.Log, TimeProvider.System));
        services.AddSingleton(s => new CellServices(
            backend.Log, backend.Snapshots, s.GetRequiredService<SnapshotWriter>(), s.GetRequiredService<IRulebooks>(), TimeProvider.System));
        services.AddSingleton(s => new PlanningWork(
            backend, s.GetRequiredService<IEntityHost>(), s.GetRequiredService<IRulebooks>(), s.GetRequiredService<SnapshotWriter>(),
            settings.Node, cluster.Silo, TimeProvider.System, s.GetRequiredService<ILoggerFactory>()));
    }

    private void Join(ISiloBuilder silo)
    {
        silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster.Name, cluster.Name));
        silo.Configure<SiloOptions>(o => o.SiloName = cluster.Silo);
        silo.Configure<ClusterMembershipOptions>(o => (o.ProbeTimeout, o.NumMissedProbesLimit) = (cluster.ProbeInterval, cluster.MissedProbes));
        silo.Configure<GrainCollectionOptions>(o => o.CollectionAge = cluster.IdleTimeout);
        silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = cluster.CallTimeout);
        silo.ConfigureEndpoints(IPAddress.Parse(cluster.Address), cluster.SiloPort, cluster.ClientPort, listenOnAnyHostAddress: true);
        silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", ClusterConnection()));
        silo.AddPlanningGrains(new EntityLimits { MaxEntities = cluster.MaxEntities, MaxBytes = cluster.MaxBytes });
        silo.AddDashboard();
        silo.Services.AddSingleton<IReadinessCheck, MembershipCheck>();
    }

    private void Join(IClientBuilder client)
    {
        client.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster.Name, cluster.Name));
        // A silo that was declared dead must not be asked any more; by default that is noticed within a minute only.
        client.Configure<Orleans.Configuration.GatewayOptions>(o => o.GatewayListRefreshPeriod = cluster.ProbeInterval * 2);
        client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = cluster.CallTimeout);
        client.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", ClusterConnection()));
        client.Services.AddPlanningWire();
        client.Services.AddSingleton<IEntityHost>(s => new OrleansHost(s.GetRequiredService<IClusterClient>()));
        client.AddDashboard();
    }

    /// <summary>Orleans' own few connections: of a role that sees nothing but the cluster's members.</summary>
    private string ClusterConnection() => new NpgsqlConnectionStringBuilder(settings.Database)
    {
        Options = "-c role=planning_cluster -c search_path=cluster -c lock_timeout=2000 -c statement_timeout=5000",
        ApplicationName = "planning_cluster",
        MaxPoolSize = 5,
        NoResetOnClose = true,
    }.ConnectionString;
}
