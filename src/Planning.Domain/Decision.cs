namespace Planning.Domain;

/// <summary>
/// What a decider answers: the events that happened, or why nothing did. An accepted decision
/// without events means that the command found its effect already in place.
/// </summary>
public sealed record Decision<TEvent>
{
    private Decision(IReadOnlyList<TEvent> events, Rejection? rejection) => (Events, Rejection) = (events, rejection);

    public IReadOnlyList<TEvent> Events { get; }

    public Rejection? Rejection { get; }

    public static Decision<TEvent> Nothing { get; } = new([], null);

    public static Decision<TEvent> Accept(params IReadOnlyList<TEvent> events) => new(events, null);

    public static Decision<TEvent> Reject(Rejection rejection) => new([], rejection);

    public static implicit operator Decision<TEvent>(TEvent happened) => Accept(happened);

    public static implicit operator Decision<TEvent>(Rejection rejection) => Reject(rejection);
}

/// <summary>Why a command was refused, in the way an answer over HTTP needs it. The code is stable; the sentence may change.</summary>
/// <param name="Kind">What sort of refusal this is.</param>
/// <param name="Code">Stable, snake_case, documented in docs/errors.md.</param>
/// <param name="Message">One sentence: what, where, and what to do.</param>
/// <param name="Details">Everything that is missing or wrong, all at once.</param>
public sealed record Rejection(RejectionKind Kind, string Code, string Message, IReadOnlyList<Blocker> Details)
{
    public static Rejection Invalid(string code, string message, params IReadOnlyList<Blocker> details) =>
        new(RejectionKind.Invalid, code, message, details);

    public static Rejection Conflict(string code, string message, params IReadOnlyList<Blocker> details) =>
        new(RejectionKind.Conflict, code, message, details);

    public static Rejection Forbidden(string code, string message) => new(RejectionKind.Forbidden, code, message, []);

    public static Rejection NotFound(string code, string message) => new(RejectionKind.NotFound, code, message, []);

    public static Rejection Unavailable(string code, string message) => new(RejectionKind.Unavailable, code, message, []);
}

public enum RejectionKind
{
    Invalid,
    Forbidden,
    NotFound,
    Conflict,

    /// <summary>Nothing is wrong with the command; the same command may be sent again later.</summary>
    Unavailable,
}

/// <summary>One thing that stands in the way.</summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Message">What is missing or wrong, and what to do.</param>
/// <param name="Source">Where it comes from: a gate, a governance rule, the manifest.</param>
public sealed record Blocker(string Code, string Message, string Source);
