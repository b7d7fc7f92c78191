using Planning.Domain.Rulebooks;

namespace Planning.Domain;

/// <summary>
/// One entity's behaviour as two pure functions. <c>Decide</c> reads no clock and makes no ids: both come in
/// <see cref="Issued"/> or in the command. <c>Evolve</c> knows every event of its entity; an unknown one is a bug and throws.
/// </summary>
public interface IDecider<TState, TCommand, TEvent>
{
    /// <summary>The state of an entity that has no history.</summary>
    static abstract TState Initial { get; }

    static abstract Decision<TEvent> Decide(TState state, TCommand command, Issued issued);

    static abstract TState Evolve(TState state, TEvent happened);
}

/// <summary>By whom, when, and under which rules a command was issued.</summary>
/// <param name="By">From the credential, never from the body.</param>
/// <param name="At">UTC.</param>
/// <param name="Rules">The workspace's active rulebook, or the one that the command's gate run saw.</param>
public sealed record Issued(Actor By, DateTimeOffset At, Rulebook Rules);
