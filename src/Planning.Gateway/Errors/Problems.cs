using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Planning.Contracts;
using Planning.Domain;

namespace Planning.Gateway.Errors;

/// <summary>The one mapping from refusals to HTTP. docs/errors.md lists every code.</summary>
internal static class Problems
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public static ProblemResult Of(Rejection rejection, long? version = null) => new(
        StatusOf(rejection), rejection.Code, rejection.Message, [.. rejection.Details.Select(Of)])
    {
        RetryAfter = rejection.Kind == RejectionKind.Unavailable ? Soon : null,
        Version = rejection.Code == "version_mismatch" ? version : null,
    };

    public static ProblemError Of(Blocker blocker) => new(blocker.Code, blocker.Message, blocker.Source);

    public static ProblemResult BadRequest(string code, string detail, params IReadOnlyList<ProblemError> errors) =>
        new(StatusCodes.Status400BadRequest, code, detail, errors);

    public static ProblemResult Unauthorized(string code, string detail) => new(StatusCodes.Status401Unauthorized, code, detail, []);

    public static ProblemResult Forbidden(string code, string detail) => new(StatusCodes.Status403Forbidden, code, detail, []);

    public static ProblemResult NotFound(string code, string detail) => new(StatusCodes.Status404NotFound, code, detail, []);

    public static ProblemResult Conflict(string code, string detail, params IReadOnlyList<ProblemError> errors) =>
        new(StatusCodes.Status409Conflict, code, detail, errors);

    public static ProblemResult Unprocessable(string code, string detail, params IReadOnlyList<ProblemError> errors) =>
        new(StatusCodes.Status422UnprocessableEntity, code, detail, errors);

    public static ProblemResult Unavailable(string code, string detail) =>
        new(StatusCodes.Status503ServiceUnavailable, code, detail, []) { RetryAfter = Soon };

    public static ProblemResult TooLarge(string limit, long max) => new(
        StatusCodes.Status413PayloadTooLarge, "body_too_large", $"The body is larger than {limit} = {max} bytes. Send less, or have the operator raise the limit.",
        [new ProblemError("body_too_large", $"{limit} is {max}.", limit)]);

    /// <summary>For what ASP.NET itself refuses, and for what went wrong on our side.</summary>
    public static ProblemResult OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => NotFound("route_not_found", "There is nothing under this address. /openapi/v1.json lists what there is."),
        StatusCodes.Status405MethodNotAllowed => new ProblemResult(status, "method_not_allowed", "This address does not take this method; the Allow header lists those it takes.", []),
        StatusCodes.Status413PayloadTooLarge => new ProblemResult(status, "body_too_large", "The body is too large.", []),
        StatusCodes.Status415UnsupportedMediaType => UnsupportedType(),
        >= 500 => new ProblemResult(status, "internal_error", "Something went wrong on the server. Nothing is known to be half done; the trace id finds the reason in its log.", []),
        _ => new ProblemResult(status, "request_refused", "The request was refused. Look at its headers and its form.", []),
    };

    public static ProblemResult UnsupportedType() =>
        new(StatusCodes.Status415UnsupportedMediaType, "content_type_unsupported", "This address takes JSON. Send Content-Type: application/json.", []);

    private static int StatusOf(Rejection rejection) => (rejection.Kind, rejection.Code) switch
    {
        (_, "version_mismatch") => StatusCodes.Status412PreconditionFailed,
        (RejectionKind.Invalid, _) => StatusCodes.Status422UnprocessableEntity,
        (RejectionKind.Forbidden, _) => StatusCodes.Status403Forbidden,
        (RejectionKind.NotFound, _) => StatusCodes.Status404NotFound,
        (RejectionKind.Conflict, _) => StatusCodes.Status409Conflict,
        (RejectionKind.Unavailable, _) => StatusCodes.Status503ServiceUnavailable,
        var (kind, _) => throw new UnreachableException($"There is no kind of refusal {kind}."),
    };
}
