using Planning.Contracts;

namespace Planning.Client;

/// <summary>What a requested transition came to: <see cref="Moved"/>, <see cref="Stayed"/> or, as long as its gate runs, <see cref="Pending"/>.</summary>
public abstract record TransitionResult
{
    private TransitionResult()
    {
    }

    /// <summary>The plan is in its new state.</summary>
    public sealed record Moved(TransitionView Transition) : TransitionResult;

    /// <summary>The plan is where it was. Mend what is listed, then request the transition again.</summary>
    /// <param name="Problem"><c>transition_blocked</c>, or <c>transition_abandoned</c> where the plan no longer waits for the run, as after a withdrawal.</param>
    public sealed record Stayed(Problem Problem) : TransitionResult
    {
        /// <summary>Everything that stands in the way.</summary>
        public IReadOnlyList<ProblemError> Blockers => Problem.Errors;

        /// <summary>Its report has every finding.</summary>
        public string? GateRunId => Problem.GateRunId;
    }

    /// <summary>The gate still runs.</summary>
    public sealed record Pending(TransitionView Transition) : TransitionResult;
}
