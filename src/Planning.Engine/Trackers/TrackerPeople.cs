using Planning.Domain;
using Planning.Engine.People;

namespace Planning.Engine.Trackers;

/// <summary>
/// As whom somebody acts who asks for something through a tracker: with the roles that their own API keys record now, and
/// nothing more. No tracker's word makes up for a role, a group or a second factor.
/// </summary>
public sealed class TrackerPeople(IDirectory directory, TimeProvider time)
{
    public async ValueTask<Actor> ActorAsync(WorkspaceId workspace, PersonId person, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var keys = await directory.ListApiKeysAsync(workspace, cancellation);
        var roles = keys
            .Where(key => key.Holder == person && key.HolderKind == ActorKind.Person && key.RevokedAt is null && !(key.ExpiresAt <= now))
            .SelectMany(key => key.Roles);
        return new Actor(person, ActorKind.Person, [.. roles.Distinct()]);
    }
}
