using Planning.Engine.Log;

namespace Planning.Engine.Reactors;

/// <summary>
/// Carries an event on to other entities. A reaction may run twice: its commands have ids derived from the event,
/// so that the second time finds the first one's effect.
/// </summary>
public interface IReactor
{
    /// <summary>Stored with its position and part of its command ids; never changes.</summary>
    string Name { get; }

    /// <summary>The event types it reacts to.</summary>
    IReadOnlySet<string> Types { get; }

    /// <exception cref="ReactionFailedException">It cannot be done now; it will be tried again.</exception>
    Task ReactAsync(StoredEvent happened, CancellationToken cancellation);

    /// <summary>
    /// Called when all tries have failed. True when the event is settled another way (a gate run that cannot be run has failed);
    /// false, the default, parks the event, shows it to operators and tries again later.
    /// </summary>
    Task<bool> GiveUpAsync(StoredEvent happened, Exception reason, CancellationToken cancellation) => Task.FromResult(false);
}

/// <summary>A reaction that did not come about.</summary>
public sealed class ReactionFailedException : Exception
{
    public ReactionFailedException() { }
    public ReactionFailedException(string message) : base(message) { }
    public ReactionFailedException(string message, Exception inner) : base(message, inner) { }
}
