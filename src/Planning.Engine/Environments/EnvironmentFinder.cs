using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.Entities;

namespace Planning.Engine.Environments;

/// <summary>Finds the tree in which an environment, or what takes one, is now.</summary>
public static class EnvironmentFinder
{
    /// <summary>By the name of a tree in the id, then by the traces that moves have left. Null where no tree knows of it.</summary>
    /// <param name="id">Of an environment or a booking.</param>
    public static async ValueTask<EntityState?> FindAsync(IEntityHost host, WorkspaceId workspace, string id, CancellationToken cancellation)
    {
        // Traces never lead in circles: what comes back to a tree takes its trace along.
        for (var tree = EnvironmentIds.TreeOf(id); tree is { } at;)
        {
            var state = await host.ReadAsync(EntityKey.Of(workspace, at), cancellation);
            if (!state.Exists)
                return null;
            if (!((EnvironmentTree)state.State).Gone.TryGetValue(id, out var next))
                return state;
            tree = next;
        }
        return null;
    }
}
