using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.Entities;

namespace Planning.Engine.Notifications;

/// <summary>Environments as they are now, wherever moves have taken them; each is looked up once.</summary>
internal sealed class EnvironmentLookup(IEntityHost host)
{
    private readonly Dictionary<(WorkspaceId, EnvironmentId), PlacedEnvironment?> known = [];

    /// <summary>Null where no tree knows of it.</summary>
    public async ValueTask<PlacedEnvironment?> FindAsync(WorkspaceId workspace, EnvironmentId id, CancellationToken cancellation)
    {
        if (!known.TryGetValue((workspace, id), out var found))
            known[(workspace, id)] = found = await ReadAsync(workspace, id, cancellation);
        return found;
    }

    private async ValueTask<PlacedEnvironment?> ReadAsync(WorkspaceId workspace, EnvironmentId id, CancellationToken cancellation)
    {
        // Traces never lead in circles: what comes back to a tree takes its trace along.
        for (var at = EnvironmentIds.TreeOf(id.Value); at is { } treeId;)
        {
            var state = await host.ReadAsync(EntityKey.Of(workspace, treeId), cancellation);
            if (!state.Exists)
                return null;
            var tree = (EnvironmentTree)state.State;
            if (tree.Find(id) is { } environment)
                return new PlacedEnvironment(environment, tree.Upwards(id).Select(above => above.Id).ToHashSet());
            at = tree.Gone.TryGetValue(id.Value, out var next) ? next : null;
        }
        return null;
    }
}
