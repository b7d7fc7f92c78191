using System.Data.Common;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Planning.Engine.Log;
using Planning.Engine.Reads;
using Planning.Gateway.OpenApi;

namespace Planning.Gateway.Errors;

/// <summary>
/// The outermost step: whatever goes wrong inside becomes a problem document, never a stack trace; and every request
/// is logged with its trace id, the more quietly the better it went.
/// </summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, TimeProvider time, ILogger<ErrorMiddleware> logger)
{
    private const int ClientClosedRequest = 499;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext http)
    {
        var started = time.GetTimestamp();
        // The trace has the address as it came; its reader must not be able to fetch what is behind it.
        if (HasSecret(http) && http.Features.Get<IHttpActivityFeature>() is { } trace)
            trace.Activity.SetTag("url.path", PathOf(http));
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
                await Problems.OfStatus(http.Response.StatusCode).ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = ClientClosedRequest;
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            var problem = ProblemOf(e);
            if (problem.Status >= StatusCodes.Status500InternalServerError)
                Failed(logger, http.Request.Method, PathOf(http), problem.Code, ProblemResult.TraceOf(http), e);
            http.Response.Headers.Clear();
            await problem.ExecuteAsync(http);
        }
        catch (Exception e)
        {
            // The answer is under way and cannot be taken back; a cut connection tells the caller that it is not whole.
            Failed(logger, http.Request.Method, PathOf(http), "answer_cut", ProblemResult.TraceOf(http), e);
            http.Abort();
        }
        Log(http, time.GetElapsedTime(started));
    }

    private static ProblemResult ProblemOf(Exception e) => e switch
    {
        LogUnavailableException => Problems.Unavailable("log_unavailable", "The log cannot be reached now. Send the same request with the same Idempotency-Key again."),
        InvalidCursorException => Problems.BadRequest("cursor_invalid", "The cursor does not belong to this list with these filters. Start again without one."),
        BadHttpRequestException bad => Problems.OfStatus(bad.StatusCode),
        DbException { IsTransient: true } or TimeoutException or SocketException =>
            Problems.Unavailable("database_unavailable", "The database cannot be reached now. Try again."),
        _ => Problems.OfStatus(StatusCodes.Status500InternalServerError),
    };

    private void Log(HttpContext http, TimeSpan took)
    {
        var level = http.Response.StatusCode switch
        {
            >= 500 => LogLevel.Warning,
            >= 400 => LogLevel.Information,
            _ => took > Slow ? LogLevel.Information : LogLevel.Debug,
        };
        if (!logger.IsEnabled(level))
            return;
        var (path, trace) = (PathOf(http), ProblemResult.TraceOf(http));
        Answered(logger, level, http.Request.Method, path, http.Response.StatusCode, took.TotalMilliseconds, trace);
    }

    private static bool HasSecret(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<HasSecretInAddress>() is not null;

    private static string PathOf(HttpContext http) =>
        HasSecret(http) && http.GetEndpoint() is RouteEndpoint endpoint ? endpoint.RoutePattern.RawText! : http.Request.Path.ToString();

    [LoggerMessage(EventId = 2001, Message = "{Method} {Path} answered {Status} in {ElapsedMs} ms ({TraceId})")]
    private static partial void Answered(ILogger logger, LogLevel level, string method, string path, int status, double elapsedMs, string traceId);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "{Method} {Path} failed with {Code} ({TraceId})")]
    private static partial void Failed(ILogger logger, string method, string path, string code, string traceId, Exception e);
}
