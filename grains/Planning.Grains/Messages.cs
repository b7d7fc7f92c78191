using Planning.Domain;
using Planning.Engine.Entities;

namespace Planning.Grains;

/// <summary>A command on its way to its grain. Nobody changes a message, so silos need not copy it.</summary>
/// <param name="Command">A command record of the domain, as JSON on the wire.</param>
[GenerateSerializer, Immutable, Alias("planning.command")]
public sealed record CommandMessage(
    [property: Id(0)] object Command,
    [property: Id(1)] Actor By,
    [property: Id(2)] string CommandId,
    [property: Id(3)] long CommandHash,
    [property: Id(4)] long? IfVersion,
    [property: Id(5)] string? Trace)
{
    public static CommandMessage Of(CommandRequest request) =>
        new(request.Command, request.By, request.CommandId, request.CommandHash, request.IfVersion, request.Trace);

    public CommandRequest To(EntityKey entity) => new(entity, Command, By, CommandId, CommandHash, IfVersion, Trace);
}

/// <summary>What a command came to: one of accepted, rejected, or a log that cannot be read.</summary>
[GenerateSerializer, Immutable, Alias("planning.answer")]
public sealed record AnswerMessage(
    [property: Id(0)] AcceptedMessage? Accepted,
    [property: Id(1)] RejectedMessage? Rejected,
    [property: Id(2)] string? Unreadable)
{
    public static AnswerMessage Of(Answer answer) => answer switch
    {
        Answer.Accepted a => new(new AcceptedMessage(a.Version, a.Position, a.State, [.. a.Events], a.Repeated), null, null),
        Answer.Rejected r => new(null, new RejectedMessage(r.Rejection, r.Version), null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <exception cref="Engine.Log.LogUnavailableException">The grain could not read its history.</exception>
    public Answer To(EntityKey entity) =>
        Accepted is { } a ? new Answer.Accepted(entity, a.Version, a.Position, a.State, a.Events, a.Repeated)
        : Rejected is { } r ? new Answer.Rejected(r.Rejection, r.Version)
        : throw new Engine.Log.LogUnavailableException(Unreadable ?? "The entity's silo gave no answer.");
}

/// <param name="State">The entity's state, as JSON on the wire.</param>
/// <param name="Events">Events of the domain, as JSON on the wire.</param>
[GenerateSerializer, Immutable, Alias("planning.accepted")]
public sealed record AcceptedMessage(
    [property: Id(0)] long Version, [property: Id(1)] long Position, [property: Id(2)] object State, [property: Id(3)] object[] Events, [property: Id(4)] bool Repeated);

[GenerateSerializer, Immutable, Alias("planning.rejected")]
public sealed record RejectedMessage([property: Id(0)] Rejection Rejection, [property: Id(1)] long Version);

/// <summary>An entity's state, or why its history cannot be read.</summary>
[GenerateSerializer, Immutable, Alias("planning.state")]
public sealed record StateMessage(
    [property: Id(0)] long Version, [property: Id(1)] long Position, [property: Id(2)] object? State, [property: Id(3)] string? Unreadable)
{
    public static StateMessage Of(EntityState state) => new(state.Version, state.Position, state.State, null);

    /// <exception cref="Engine.Log.LogUnavailableException">The grain could not read its history.</exception>
    public EntityState To(EntityKey entity) =>
        State is null ? throw new Engine.Log.LogUnavailableException(Unreadable ?? "The entity's silo gave no answer.") : new EntityState(entity, Version, Position, State);
}
