using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Engine.Entities;
using Planning.Gateway.Errors;

namespace Planning.Gateway.Requests;

/// <summary>A refresh together with the tree in which its environment is now.</summary>
internal sealed record RefreshPlace(EntityState State, EnvironmentPlace Environment)
{
    public EntityKey Key => State.Entity;

    public Refresh Refresh => (Refresh)State.State;

    public static ProblemResult NotFound() => Problems.NotFound("refresh_not_found", "There is no refresh with this id in this workspace, or none that you may see.");

    /// <summary>Null where there is none, or none that the caller may see: as requester, or through a group that uses the environment or is told.</summary>
    public static async ValueTask<RefreshPlace?> VisibleAsync(Call call, string id)
    {
        var state = await call.Parts.Host.ReadAsync(EntityKey.Of(call.Workspace, new RefreshId(id)), call.Cancellation);
        if (!state.Exists || await EnvironmentPlace.FindAsync(call, ((Refresh)state.State).EnvironmentId.Value) is not { } environment)
            return null;
        var place = new RefreshPlace(state, environment);
        return place.IsOpenTo(call.Actor) || call.Actor.Groups.Any(place.Refresh.NotifyGroups.Contains) ? place : null;
    }

    /// <summary>Why the caller may look and not touch; null when it may.</summary>
    public ProblemResult? Refuse(Actor actor) => IsOpenTo(actor) ? null : Problems.Forbidden(
        "environment_of_another_group", $"Environment {Refresh.EnvironmentId} belongs to a group that {actor.Id} is not in. Ask its owners to add one of your groups to its users.");

    private bool IsOpenTo(Actor actor) =>
        Refresh.RequestedBy == actor.Id || (Environment.Tree.Find(Refresh.EnvironmentId) is { } environment && environment.IsOpenTo(actor));
}
