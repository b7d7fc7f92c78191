using System.Net;
using System.Text.Json;
using Planning.Contracts;
using Polly.Timeout;

namespace Planning.Client.Http;

/// <summary>Turns what went wrong into exceptions whose messages are sentences.</summary>
internal static class Failures
{
    public static PlanningApiException Refused(ApiRequest request, ApiAnswer answer) =>
        new(ProblemOf(answer) ?? Unexplained(answer), answer.RetryAfter, request.IdempotencyKey);

    /// <summary>An answer of success that is not what this API answers.</summary>
    public static PlanningApiException Unreadable(ApiRequest request, ApiAnswer answer, string why)
    {
        var problem = new Problem(
            "about:blank", "Answer unreadable", answer.Status,
            $"{request.Method} {request.Path} was answered with {answer.ContentType ?? "no content type"}, which is no answer of the planning API: {why} Is the server's address right, and its release known to this client?",
            "answer_unreadable", []);
        return new PlanningApiException(problem, answer.RetryAfter, request.IdempotencyKey);
    }

    public static PlanningConnectionException NoAnswer(PlanningClientOptions options, ApiRequest request, int attempts, Exception e)
    {
        var tries = attempts == 1 ? "" : $" It was tried {attempts} times.";
        var repeat = request.IdempotencyKey is { } key ? $" The command may have happened; sent again under the idempotency key {key} it happens once at most." : "";
        return new PlanningConnectionException(Why(options, request, e) + tries + repeat, attempts, request.IdempotencyKey, e);
    }

    public static Problem? ProblemOf(ApiAnswer answer)
    {
        if (answer.MediaType is not ("application/problem+json" or "application/json"))
            return null;
        try
        {
            var problem = JsonSerializer.Deserialize(answer.Body, ContractsJson.Lenient.Problem);
            return string.IsNullOrEmpty(problem?.Code) ? null : problem with
            {
                Status = answer.Status,
                Title = problem.Title ?? problem.Code,
                Detail = problem.Detail ?? problem.Title ?? problem.Code,
                Errors = problem.Errors ?? [],
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Problem Unexplained(ApiAnswer answer) => new(
        "about:blank", ((HttpStatusCode)answer.Status).ToString(), answer.Status,
        $"The server answered {answer.Status} ({(HttpStatusCode)answer.Status}) and did not say why. Something between here and the server may have answered in its place.",
        $"http_{answer.Status}", []);

    private static string Why(PlanningClientOptions options, ApiRequest request, Exception e) => e switch
    {
        TimeoutRejectedException timeout => $"{options.BaseAddress} did not answer {request.Method} {request.Path} within {timeout.Timeout.TotalSeconds:0.###} s.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => $"There is no connection to {options.BaseAddress}: {e.Message} Is the server running, and is its address right?",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => $"The name {options.BaseAddress!.Host} leads to no machine. Is the server's address right?",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => $"No secure connection to {options.BaseAddress} could be made: {e.InnerException?.Message ?? e.Message}",
        _ => $"The connection to {options.BaseAddress} was lost before {request.Method} {request.Path} was answered: {e.Message}",
    };
}
