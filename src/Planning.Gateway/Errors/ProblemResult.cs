using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Planning.Contracts;
using Planning.Gateway.Audit;

namespace Planning.Gateway.Errors;

/// <summary>A refusal on its way to the caller, in the one format that every error has.</summary>
internal sealed class ProblemResult(int status, string code, string detail, IReadOnlyList<ProblemError> errors) : IResult
{
    private const string TypeBase = "https://planning.example/errors/";

    public string Code => code;
    public int Status => status;
    public TimeSpan? RetryAfter { get; init; }
    public string? GateRunId { get; init; }
    public long? Version { get; init; }
    public long? Position { get; init; }

    /// <summary>Every refusal comes by here, whoever made it: those that the security audit wants are recorded before they are sent.</summary>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (httpContext.Features.Get<RequestAudit>() is { } audit)
            await audit.RefuseAsync(status, code);
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/problem+json";
        if (RetryAfter is { } pause)
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (Position is { } position)
            response.Headers[PlanningHeaders.Position] = position.ToString(CultureInfo.InvariantCulture);
        var problem = new Problem(
            TypeBase + code, Titled(code), status, detail, code, errors, TraceOf(httpContext), GateRunId, Version, Position);
        await JsonSerializer.SerializeAsync(response.BodyWriter, problem, ContractsJson.Lenient.Problem, httpContext.RequestAborted);
    }

    public static string TraceOf(HttpContext http) => Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;

    private static string Titled(string code) => char.ToUpperInvariant(code[0]) + code[1..].Replace('_', ' ');
}
