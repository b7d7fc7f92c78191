using System.Collections.Concurrent;
using Planning.Domain;

namespace Planning.Grains;

/// <summary>References to the grains of entities. Orleans finds a grain's type by reflection, each time anew; here it is asked once for each kind.</summary>
internal sealed class EntityGrains(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<EntityKind, GrainReference> first = new();

    public IEntityGrain Of(EntityKey entity)
    {
        var known = first.GetOrAdd(entity.Kind, static (_, first) => (GrainReference)first.grains.GrainOf(first.entity), (grains, entity));
        return (IEntityGrain)grains.GetGrain(GrainId.Create(known.GrainId.Type, GrainKeys.Of(entity)), known.InterfaceType);
    }
}
