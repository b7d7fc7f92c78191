using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using Orleans.Streams;
using Planning.Engine;
using Planning.Engine.Entities;
using Planning.Engine.Json;
using Planning.Engine.Workspaces;
using Planning.Grains.Governance;
using Planning.Grains.Snapshots;
using Planning.Grains.Workspaces;

namespace Planning.Grains;

/// <summary>Everything that a silo needs to run entities as grains.</summary>
public static class GrainsHosting
{
    /// <summary>
    /// Registers storage, streams and wire format. The executable registers <see cref="CellServices"/>, a reminder service,
    /// and the storage <see cref="GovernanceGrain.Storage"/>.
    /// </summary>
    public static ISiloBuilder AddPlanningGrains(this ISiloBuilder silo, FollowerOptions followers, EntityLimits limits)
    {
        // A silo knows which silo each of its own calls waits for and ends it by itself, so nobody tells of losses here.
        silo.Services.AddSingleton(_ => new SiloLosses(Timeout.InfiniteTimeSpan, TimeProvider.System));
        silo.Services.AddSingleton<IEntityHost>(services => new OrleansHost(
            services.GetRequiredService<IGrainFactory>(),
            services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value.ResponseTimeout,
            services.GetRequiredService<SiloLosses>(),
            services.GetRequiredService<TimeProvider>()));
        silo.Services.AddSingleton<IWorkspaceViews>(services => new OrleansViews(
            services.GetRequiredService<IGrainFactory>(),
            services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value.ResponseTimeout,
            services.GetRequiredService<SiloLosses>(),
            services.GetRequiredService<TimeProvider>()));
        silo.Services.AddSingleton(followers);
        silo.AddMemoryStreams<CompressedBodies>(WorkspaceStream.Provider, streams =>
        {
            streams.ConfigurePartitioning(followers.Queues);
            streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            streams.ConfigurePullingAgent(agent => agent.Configure(o => o.GetQueueMsgsTimerPeriod = followers.PollInterval));
        });
        silo.Services.AddSingleton(services => new ActiveEntities(limits, services.GetRequiredService<CellServices>().Time));
        silo.Services.AddGrainStorage(SnapshotState.Storage, (services, _) =>
        {
            var cells = services.GetRequiredService<CellServices>();
            return new SnapshotStorage(cells.Snapshots, cells.SnapshotWriter);
        });
        silo.Services.AddPlanningWire();
        return silo;
    }

    /// <summary>What the pump of a silo does for the workspaces' followers.</summary>
    public static StreamConsumer StreamConsumer(this IServiceProvider services, Backend backend) => new(
        () => services.GetRequiredKeyedService<IStreamProvider>(WorkspaceStream.Provider), backend.Log, backend.Positions,
        services.GetRequiredService<FollowerOptions>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<StreamConsumer>>());

    /// <summary>
    /// Commands, events and states cross the wire inside messages, <see cref="Packed"/>; other records of the domain as JSON,
    /// so that the domain knows nothing of Orleans, and a field that one release has and another has not does no harm.
    /// </summary>
    public static IServiceCollection AddPlanningWire(this IServiceCollection services) => services.AddSerializer(serializer =>
        serializer.AddJsonSerializer(IsOfTheDomain, PlanningJson.Options));

    private static bool IsOfTheDomain(Type type) => type.Assembly == typeof(Domain.EntityKey).Assembly;
}
