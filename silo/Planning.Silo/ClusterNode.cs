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
using Orleans.Messaging;
using Orleans.Runtime;
using Orleans.Runtime.Membership;
using Planning.Channels;
using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Engine.Node;
using Planning.Engine.Rulebooks;
using Planning.Engine.Trackers;
using Planning.Engine.Workspaces;
using Planning.Gateway;
using Planning.Gateway.Health;
using Planning.Gateway.Identity;
using Planning.Gateway.Operations;
using Planning.Grains;
using Planning.Grains.Governance;
using Planning.Grains.Workspaces;
using Planning.Postgres;
using Planning.Scripts;
using Planning.Silo.Operations;
using Planning.Telemetry;
using Planning.Trackers;
using Serilog;

namespace Planning.Silo;

/// <summary>
/// One process of the cluster: database, silo, the work beside the entities, gateway. It stops in the opposite order, so
/// that the pump is handed over and requests are answered before the silo leaves.
/// </summary>
internal sealed class ClusterNode(SiloSettings settings, Serilog.ILogger logger, PostgresBackend postgres)
{
    /// <summary>A silo passes calls on to this many times as many entities as it holds itself without asking where they are.</summary>
    private const int PlacesPerEntity = 4;

    private readonly ClusterSettings cluster = settings.Cluster;

    public WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddSerilog(logger);
        builder.WebHost.UseUrls(settings.Url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.StopTimeout);
        builder.Services.AddSingleton(TimeProvider.System);
        AddTrackers(builder.Services);
        AddEngine(builder.Services);
        if (cluster.Role == SiloRole.Gateway)
            builder.UseOrleansClient(Join);
        else
            builder.UseOrleans(Join);
        // After the silo, and so stopped before it.
        if (cluster.Role != SiloRole.Gateway)
            builder.Services.AddHostedService<WorkService>();
        builder.Services.AddPlanningPorts(postgres.Backend);
        builder.Services.AddPlanningTelemetry(settings.Telemetry, cluster.Silo, Snake.Case(cluster.Role.ToString()));
        if (cluster.Role == SiloRole.Silo)
        {
            builder.Services.AddPlanningHealth(settings.Gateway);
            return builder.Build().MapPlanningHealth();
        }
        builder.Services.AddPlanningGateway(settings.Gateway).AddSingleton<IClusterMembers, ClusterMembers>();

        var app = builder.Build();
        app.MapPlanningGateway().MapPlanningCluster();
        app.MapOrleansDashboard(routePrefix: "/dashboard").Demands(Permission.Operate);
        return app;
    }

    private void AddTrackers(IServiceCollection services)
    {
        // Opened now, so that a file that cannot be read stops the start.
        var trackers = TrackerSet.Open(settings.Trackers, TimeProvider.System);
        services.AddSingleton(_ => trackers);
        foreach (var tracker in trackers.Trackers)
            services.AddSingleton(tracker);
    }

    private void AddEngine(IServiceCollection services)
    {
        var backend = postgres.Backend;
        services.AddSingleton(s => new SnapshotWriter(backend.Snapshots, s.GetRequiredService<ILogger<SnapshotWriter>>()));
        services.AddSingleton(_ => new NotificationChannels(settings.Channels, TimeProvider.System));
        services.AddSingleton<IRulebooks>(_ => new RulebookCache(backend.Blobs, backend.Log, TimeProvider.System));
        services.AddSingleton(s => new CellServices(
            backend.Log, backend.Snapshots, s.GetRequiredService<SnapshotWriter>(), s.GetRequiredService<IRulebooks>(), TimeProvider.System));
        services.AddSingleton(s => new PlanningWork(
            backend, s.GetRequiredService<IEntityHost>(), s.GetRequiredService<IRulebooks>(), s.GetRequiredService<SnapshotWriter>(),
            new HostWork(
                [.. TrackerReactor.Each(s.GetRequiredService<TrackerSet>().Trackers, s.GetRequiredService<IEntityHost>(), backend.TrackerLinks, TimeProvider.System)],
                cluster.Role == SiloRole.Gateway ? [] : [s.StreamConsumer(backend)]),
            s.GetRequiredService<NotificationChannels>().All,
            [ScriptValidator.Open(settings.Scripts, TimeProvider.System, s.GetRequiredService<ILoggerFactory>())], settings.Node, cluster.Silo, TimeProvider.System, s.GetRequiredService<ILoggerFactory>()));
    }

    private void Join(ISiloBuilder silo)
    {
        silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster.Name, cluster.Name));
        silo.Configure<SiloOptions>(o => o.SiloName = cluster.Silo);
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            // The longest probe, times the number of them, is also how long a silo that answers no more passes for alive because it
            // was heard of; by default four times as long, which a silo that stands still would make everybody wait.
            (o.ProbeTimeout, o.MaxProbeTimeout, o.NumMissedProbesLimit) = (cluster.ProbeInterval, cluster.ProbeInterval, cluster.MissedProbes);
            // A silo that nobody reaches is not told that it was declared dead; it reads so. By default once a minute.
            o.TableRefreshTimeout = cluster.ProbeInterval * cluster.MissedProbes;
        });
        // Where the entities of all silos are. By default room for a million, kept ready while empty, and walked through by each of the dashboard's samples.
        silo.Configure<GrainDirectoryOptions>(o => o.CacheSize = (int)Math.Min(o.CacheSize, (long)cluster.MaxEntities * PlacesPerEntity));
        silo.Configure<GrainCollectionOptions>(o => o.CollectionAge = cluster.IdleTimeout);
        silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = cluster.CallTimeout);
        silo.ConfigureEndpoints(IPAddress.Parse(cluster.Address), cluster.SiloPort, cluster.ClientPort, listenOnAnyHostAddress: true);
        var connection = ClusterConnection();
        silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", connection));
        silo.UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = ("Npgsql", connection));
        silo.AddAdoNetGrainStorage(GovernanceGrain.Storage, o => (o.Invariant, o.ConnectionString) = ("Npgsql", connection));
        silo.AddPlanningGrains(cluster.Followers, new EntityLimits { MaxEntities = cluster.MaxEntities, MaxBytes = cluster.MaxBytes });
        silo.AddDashboard(Dashboard);
        if (settings.Telemetry.IsOn)
            silo.AddActivityPropagation();
        silo.Services.AddSingleton<IReadinessCheck, MembershipCheck>();
        silo.Services.AddSingleton<IFatalErrorHandler, Expulsion>();
    }

    private void Join(IClientBuilder client)
    {
        client.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster.Name, cluster.Name));
        // A silo that was declared dead must not be asked any more; by default that is noticed within a minute only.
        client.Configure<Orleans.Configuration.GatewayOptions>(o => o.GatewayListRefreshPeriod = cluster.ProbeInterval / 2);
        client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = cluster.CallTimeout);
        client.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", ClusterConnection()));
        // Each silo reads who is alive at least so often, see above, and its entities' places follow within a probe.
        var losses = new SiloLosses(cluster.ProbeInterval * (cluster.MissedProbes + 1), TimeProvider.System);
        client.Services.AddSingleton<IGatewayListProvider>(s => new WatchedGateways(ActivatorUtilities.CreateInstance<AdoNetGatewayListProvider>(s), losses));
        client.AddGatewayCountChangedHandler((_, count) =>
        {
            if (count.NumberOfConnectedGateways < count.PreviousNumberOfConnectedGateways)
                losses.Tell();
        });
        client.Services.AddPlanningWire();
        client.Services.AddSingleton<IEntityHost>(s => new OrleansHost(s.GetRequiredService<IClusterClient>(), cluster.CallTimeout, losses, TimeProvider.System));
        client.Services.AddSingleton<IWorkspaceViews>(s => new OrleansViews(s.GetRequiredService<IClusterClient>(), cluster.CallTimeout, losses, TimeProvider.System));
        client.AddDashboard(Dashboard);
        if (settings.Telemetry.IsOn)
            client.AddActivityPropagation();
    }

    /// <summary>A sample reads every counter of the silo; by default once a second.</summary>
    private static void Dashboard(DashboardOptions dashboard) => dashboard.CounterUpdateIntervalMs = 5_000;

    /// <summary>Orleans' own few connections: of a role that sees nothing but what Orleans keeps.</summary>
    private string ClusterConnection() => new NpgsqlConnectionStringBuilder(settings.Database)
    {
        Options = "-c role=planning_cluster -c search_path=cluster -c lock_timeout=2000 -c statement_timeout=5000",
        ApplicationName = "planning_cluster",
        MaxPoolSize = 5,
        NoResetOnClose = true,
    }.ConnectionString;
}
