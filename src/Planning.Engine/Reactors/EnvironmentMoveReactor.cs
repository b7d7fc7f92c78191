using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Engine.Reactors;

/// <summary>
/// An environment left for another tree → that takes it or refuses it, and the old tree lets it go or keeps it. Each step
/// is taken once, however often it is tried; until the last one the environment waits in its old tree.
/// </summary>
public sealed class EnvironmentMoveReactor(IEntityHost host) : IReactor
{
    public string Name => "environment-move";

    public IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal) { "ENVIRONMENT_MOVE_BEGUN" };

    public async Task ReactAsync(StoredEvent happened, CancellationToken cancellation)
    {
        var begun = (EnvironmentEvent.EnvironmentMoveBegun)EventCodec.Decode(happened);
        var (workspace, from) = (happened.Entity.Workspace, new EnvironmentTreeId(happened.Entity.Id));
        var reaction = new Reaction(this, happened, host);
        var answer = await reaction.SendAsync(
            EntityKey.Of(workspace, begun.ToTreeId),
            new EnvironmentCommand.Receive(begun.EnvironmentId, from, happened.EventId, begun.Parent, begun.Environments, begun.Entries),
            cancellation);
        var refused = ((EnvironmentTree)answer.State).Refused.GetValueOrDefault(begun.EnvironmentId.Value);
        await reaction.SendAsync(
            happened.Entity, new EnvironmentCommand.EndMove(begun.EnvironmentId, refused?.MoveId == happened.EventId ? refused.Reason : null), cancellation);
    }
}
