using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Engine.Reactors;

/// <summary>Sends the commands of one reaction, numbered, under ids that derive from the event.</summary>
public sealed class Reaction(IReactor reactor, StoredEvent happened, IEntityHost host)
{
    private int ordinal;

    /// <exception cref="ReactionFailedException">Refused. What the backend itself asks for should never be refused for good.</exception>
    public Task<Answer.Accepted> SendAsync(EntityKey entity, object command, CancellationToken cancellation) =>
        SendAsync($"{ordinal++}", entity, command, cancellation);

    /// <summary>For reactions whose steps depend on what they find: when they run again, another step must not go under this one's id.</summary>
    /// <exception cref="ReactionFailedException">Refused.</exception>
    public async Task<Answer.Accepted> SendAsync(string step, EntityKey entity, object command, CancellationToken cancellation)
    {
        var id = $"{reactor.Name}/{happened.EventId}/{step}";
        return await host.SendAsync(new CommandRequest(entity, command, Actor.System, id), cancellation) switch
        {
            Answer.Accepted accepted => accepted,
            Answer.Rejected rejected => throw new ReactionFailedException($"{entity}: {rejected.Rejection.Code}: {rejected.Rejection.Message}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
