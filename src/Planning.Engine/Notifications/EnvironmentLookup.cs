using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.Entities;
using Planning.Engine.Environments;

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

    private async ValueTask<PlacedEnvironment?> ReadAsync(WorkspaceId workspace, EnvironmentId id, CancellationToken cancellation) =>
        await EnvironmentFinder.FindAsync(host, workspace, id.Value, cancellation) is { State: EnvironmentTree tree } && tree.Find(id) is { } environment
            ? new PlacedEnvironment(environment, tree.Upwards(id).Select(above => above.Id).ToHashSet())
            : null;
}
