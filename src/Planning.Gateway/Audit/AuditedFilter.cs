using Microsoft.AspNetCore.Http;
using Planning.Gateway.Errors;

namespace Planning.Gateway.Audit;

/// <summary>
/// Between a handler and its answer:
/// <list type="number">
/// <item>an act that the log will not tell of is announced; where that fails, nothing is done</item>
/// <item>the handler does its work; a refusal records itself when it is sent, as all refusals do</item>
/// <item>success is recorded before it is answered; where that fails, the answer says so instead</item>
/// </list>
/// </summary>
internal sealed class AuditedFilter : IEndpointFilter
{
    public static AuditedFilter Instance { get; } = new();

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var audit = RequestAudit.Of(http);
        if (!await audit.AnnounceAsync())
            return Unavailable();
        object? result;
        try
        {
            result = await next(context);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered, but the act may have happened.
            await audit.RefuseAsync(StatusCodes.Status408RequestTimeout, "request_cancelled");
            throw;
        }
        if (result is ProblemResult || await audit.SucceedAsync())
            return result;
        http.Response.Headers.Clear();
        return HttpMethods.IsGet(http.Request.Method) ? Unavailable() : Unrecorded();
    }

    private static ProblemResult Unavailable() => Problems.Unavailable(
        "audit_unavailable", "This is done only where it can be recorded in the security audit, which cannot be reached now. Nothing was done or shown. Try again.");

    private static ProblemResult Unrecorded() => Problems.Unavailable(
        "act_unrecorded",
        "What you asked for was done, but could not be recorded in the security audit. Send the same request with the same Idempotency-Key again: it has no second effect and is then recorded. Without a key, look first what is there.");
}
