using System.Diagnostics;
using Planning.Domain;

namespace Planning.Grains;

/// <summary>Entities as grain keys and back: <c>workspace/id</c>, the workspace escaped, so that the first slash parts them.</summary>
public static class GrainKeys
{
    public static string Of(EntityKey entity) => $"{Uri.EscapeDataString(entity.Workspace.Value)}/{entity.Id}";

    /// <exception cref="FormatException">The key was not made here.</exception>
    public static EntityKey EntityOf(EntityKind kind, string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? new EntityKey(new WorkspaceId(Uri.UnescapeDataString(key[..slash])), kind, key[(slash + 1)..])
            : throw new FormatException($"'{key}' is no key of an entity; it reads workspace/id.");
    }

    public static IEntityGrain GrainOf(this IGrainFactory grains, EntityKey entity) => entity.Kind switch
    {
        EntityKind.Plan => grains.GetGrain<IPlanGrain>(Of(entity)),
        EntityKind.GateRun => grains.GetGrain<IGateRunGrain>(Of(entity)),
        EntityKind.Manifest => grains.GetGrain<IManifestGrain>(Of(entity)),
        EntityKind.Cycle => grains.GetGrain<ICycleGrain>(Of(entity)),
        EntityKind.Rulebook => grains.GetGrain<IRulebookGrain>(Of(entity)),
        EntityKind.EnvironmentTree => grains.GetGrain<IEnvironmentTreeGrain>(Of(entity)),
        EntityKind.Refresh => grains.GetGrain<IRefreshGrain>(Of(entity)),
        _ => throw new UnreachableException($"There is no grain for entity kind {entity.Kind}."),
    };
}
