using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.Entities;

namespace Planning.Gateway.Requests;

/// <summary>The tree in which an environment, or what is booked in it, is now: found by the name in its id, then by the traces that moves have left.</summary>
internal sealed record EnvironmentPlace(EntityKey Key, EntityState State)
{
    public EnvironmentTree Tree => (EnvironmentTree)State.State;

    public EnvironmentTreeId TreeId => new(Key.Id);

    /// <summary>Null where no tree knows of it.</summary>
    public static async ValueTask<EnvironmentPlace?> FindAsync(Call call, string id)
    {
        // Traces never lead in circles: what comes back to a tree takes its trace along.
        for (var tree = EnvironmentIds.TreeOf(id); tree is { } at;)
        {
            var key = EntityKey.Of(call.Workspace, at);
            var place = new EnvironmentPlace(key, await call.Parts.Host.ReadAsync(key, call.Cancellation));
            if (!place.State.Exists)
                return null;
            if (!place.Tree.Gone.TryGetValue(id, out var next))
                return place;
            tree = next;
        }
        return null;
    }

    /// <summary>The environment, where the caller may see it.</summary>
    public static async ValueTask<(EnvironmentPlace Place, SharedEnvironment Environment)?> VisibleAsync(Call call, string id) =>
        await FindAsync(call, id) is { } place && place.Tree.Find(new EnvironmentId(id)) is { } environment && environment.IsOpenTo(call.Actor) ? (place, environment) : null;
}
