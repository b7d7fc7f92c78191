using System.Net;
using System.Text;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>The server refused, or could not do, what was asked, and said why.</summary>
public sealed class PlanningApiException : Exception
{
    internal PlanningApiException(Problem problem, TimeSpan? retryAfter = null, string? idempotencyKey = null)
        : base(Sentence(problem)) => (Problem, RetryAfter, IdempotencyKey) = (problem, retryAfter, idempotencyKey);

    /// <summary>The whole answer.</summary>
    public Problem Problem { get; }

    public HttpStatusCode Status => (HttpStatusCode)Problem.Status;

    /// <summary>Stable, snake_case; docs/errors.md lists the server's. The client's own are <c>http_NNN</c> for a refusal without a reason,
    /// <c>answer_unreadable</c> for what is no answer of this API, and <c>transition_abandoned</c> for a plan that no longer waits for its gate.</summary>
    public string Code => Problem.Code;

    /// <summary>The code in words.</summary>
    public string Title => Problem.Title;

    /// <summary>What is wrong, where, and what to do.</summary>
    public string Detail => Problem.Detail;

    /// <summary>Everything that is wrong or missing.</summary>
    public IReadOnlyList<ProblemError> Errors => Problem.Errors;

    /// <summary>Finds the request in the server's log.</summary>
    public string? TraceId => Problem.TraceId;

    /// <summary>How long the server asks to wait before the next try.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The key that the command was sent under; null for what is no command.</summary>
    public string? IdempotencyKey { get; }

    private static string Sentence(Problem problem)
    {
        var text = new StringBuilder(problem.Code).Append(": ").Append(problem.Detail);
        foreach (var error in problem.Errors)
        {
            text.Append("\n- ").Append(error.Message);
            if (error.Source is { } source)
                text.Append(" (").Append(source).Append(')');
            if (error.File is { } file)
                text.Append(" in ").Append(file).Append(error.Line is { } line ? $", line {line}" : "");
        }
        return text.ToString();
    }
}
