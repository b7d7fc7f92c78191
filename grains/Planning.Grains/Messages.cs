using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Grains;

/// <summary>A command on its way to its grain. Nobody changes a message, so silos need not copy it.</summary>
/// <param name="By">Who, of which <see cref="ActorKind"/>, with which <see cref="Role"/>s.</param>
/// <param name="Groups">Null where there are none, and from a release that knew of none.</param>
[GenerateSerializer, Immutable, Alias("planning.command")]
public sealed record CommandMessage(
    [property: Id(0)] Packed Command,
    [property: Id(1)] string By,
    [property: Id(2)] int ByKind,
    [property: Id(3)] int[] Roles,
    [property: Id(4)] string CommandId,
    [property: Id(5)] long CommandHash,
    [property: Id(6)] long? IfVersion,
    [property: Id(7)] string? Trace,
    [property: Id(8)] string[]? Groups = null,
    [property: Id(9)] DateTimeOffset? StepUpAt = null)
{
    public static CommandMessage Of(CommandRequest request) => new(
        Packed.Of(request.Command), request.By.Id.Value, (int)request.By.Kind, [.. request.By.Roles.Select(role => (int)role)],
        request.CommandId, request.CommandHash, request.IfVersion, request.Trace, request.By.Groups.Count == 0 ? null : [.. request.By.Groups], request.By.StepUpAt);

    public CommandRequest To(EntityKey entity) => new(
        entity, Command.Open(), new Actor(new PersonId(By), (ActorKind)ByKind, [.. Roles.Select(role => (Role)role)]) { Groups = Groups ?? [], StepUpAt = StepUpAt },
        CommandId, CommandHash, IfVersion, Trace);
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
        Answer.Accepted a => new(new AcceptedMessage(a.Version, a.Position, Packed.Of(a.State), [.. a.Events.Select(Packed.Of)], a.Repeated), null, null),
        Answer.Rejected r => new(null, new RejectedMessage(Packed.Of(r.Rejection), r.Version), null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <exception cref="LogUnavailableException">The grain could not read its history.</exception>
    public Answer To(EntityKey entity) =>
        Accepted is { } a ? new Answer.Accepted(
            entity, a.Version, a.Position,
            new Lazy<object>(a.State.Open, LazyThreadSafetyMode.PublicationOnly),
            new Lazy<IReadOnlyList<object>>(() => [.. a.Events.Select(e => e.Open())], LazyThreadSafetyMode.PublicationOnly),
            a.Repeated)
        : Rejected is { } r ? new Answer.Rejected((Rejection)r.Rejection.Open(), r.Version)
        : throw new LogUnavailableException(Unreadable ?? "The entity's silo gave no answer.");
}

[GenerateSerializer, Immutable, Alias("planning.accepted")]
public sealed record AcceptedMessage(
    [property: Id(0)] long Version, [property: Id(1)] long Position, [property: Id(2)] Packed State, [property: Id(3)] Packed[] Events, [property: Id(4)] bool Repeated);

[GenerateSerializer, Immutable, Alias("planning.rejected")]
public sealed record RejectedMessage([property: Id(0)] Packed Rejection, [property: Id(1)] long Version);

/// <summary>An entity's state, or why its history cannot be read.</summary>
[GenerateSerializer, Immutable, Alias("planning.state")]
public sealed record StateMessage(
    [property: Id(0)] long Version, [property: Id(1)] long Position, [property: Id(2)] Packed? State, [property: Id(3)] string? Unreadable)
{
    public static StateMessage Of(EntityState state) => new(state.Version, state.Position, Packed.Of(state.State), null);

    /// <exception cref="LogUnavailableException">The grain could not read its history.</exception>
    public EntityState To(EntityKey entity) =>
        State is null ? throw new LogUnavailableException(Unreadable ?? "The entity's silo gave no answer.") : new EntityState(entity, Version, Position, State.Open());
}
