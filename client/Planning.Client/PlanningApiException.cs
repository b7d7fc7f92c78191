using System.Net;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>The server refused, or could not do, what was asked.</summary>
public sealed class PlanningApiException : Exception
{
    public PlanningApiException() : this("The request failed.") { }

    public PlanningApiException(string message) : base(message) => Errors = [];

    public PlanningApiException(string message, Exception inner) : base(message, inner) => Errors = [];

    public PlanningApiException(HttpStatusCode status, Problem? problem)
        : base(problem is null ? $"The server answered {(int)status} without saying why." : $"{problem.Code}: {problem.Detail}")
    {
        (Status, Code, Errors, TraceId, Problem) = (status, problem?.Code ?? "", problem?.Errors ?? [], problem?.TraceId, problem);
    }

    public HttpStatusCode Status { get; }

    /// <summary>Stable, snake_case; docs/errors.md lists them. Empty where the answer came from something between.</summary>
    public string Code { get; } = "";

    /// <summary>Everything that is wrong or missing.</summary>
    public IReadOnlyList<ProblemError> Errors { get; }

    /// <summary>Finds the request in the server's log.</summary>
    public string? TraceId { get; }

    /// <summary>The whole answer; null where it was no problem document.</summary>
    public Problem? Problem { get; }
}
