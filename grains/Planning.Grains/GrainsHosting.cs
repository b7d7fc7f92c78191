using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using Planning.Engine.Entities;
using Planning.Engine.Json;
using Planning.Grains.Snapshots;

namespace Planning.Grains;

/// <summary>Everything that a silo needs to run entities as grains.</summary>
public static class GrainsHosting
{
    /// <summary>Registers storage and wire format. The executable registers <see cref="CellServices"/>.</summary>
    public static ISiloBuilder AddPlanningGrains(this ISiloBuilder silo, EntityLimits limits)
    {
        silo.Services.AddSingleton<IEntityHost>(services => new OrleansHost(services.GetRequiredService<IGrainFactory>()));
        silo.Services.AddSingleton(services => new ActiveEntities(limits, services.GetRequiredService<CellServices>().Time));
        silo.Services.AddGrainStorage(SnapshotState.Storage, (services, _) =>
        {
            var cells = services.GetRequiredService<CellServices>();
            return new SnapshotStorage(cells.Snapshots, cells.SnapshotWriter);
        });
        silo.Services.AddPlanningWire();
        return silo;
    }

    /// <summary>
    /// The domain's records cross the wire as the JSON that snapshots and events are stored in, so that the domain knows
    /// nothing of Orleans, and a field that one release has and another has not does no harm.
    /// </summary>
    public static IServiceCollection AddPlanningWire(this IServiceCollection services) => services.AddSerializer(serializer =>
        serializer.AddJsonSerializer(IsOfTheDomain, PlanningJson.Options));

    private static bool IsOfTheDomain(Type type) => type.Assembly == typeof(Domain.EntityKey).Assembly;
}
