using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.Entities;
using Planning.Engine.Environments;

namespace Planning.Gateway.Requests;

/// <summary>The tree in which an environment, or what is booked in it, is now: found by the name in its id, then by the traces that moves have left.</summary>
internal sealed record EnvironmentPlace(EntityKey Key, EntityState State)
{
    public EnvironmentTree Tree => (EnvironmentTree)State.State;

    public EnvironmentTreeId TreeId => new(Key.Id);

    /// <summary>Null where no tree knows of it.</summary>
    public static async ValueTask<EnvironmentPlace?> FindAsync(Call call, string id) =>
        await EnvironmentFinder.FindAsync(call.Parts.Host, call.Workspace, id, call.Cancellation) is { } state ? new EnvironmentPlace(state.Entity, state) : null;

    /// <summary>The environment, where the caller may see it.</summary>
    public static async ValueTask<(EnvironmentPlace Place, SharedEnvironment Environment)?> VisibleAsync(Call call, string id) =>
        await FindAsync(call, id) is { } place && place.Tree.Find(new EnvironmentId(id)) is { } environment && environment.IsOpenTo(call.Actor) ? (place, environment) : null;
}
