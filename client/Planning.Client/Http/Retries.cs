using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Planning.Client.Http;

/// <summary>Which answers are worth another try, and after which pause.</summary>
internal static class Retries
{
    public static ResiliencePipeline<HttpResponseMessage> Pipeline(PlanningClientOptions options, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        if (options.MaxRetries > 0)
            builder.AddRetry(Strategy(options, time));
        return builder.AddTimeout(options.AttemptTimeout).Build();
    }

    private static RetryStrategyOptions<HttpResponseMessage> Strategy(PlanningClientOptions options, TimeProvider time) =>
        new()
        {
            MaxRetryAttempts = options.MaxRetries,
            Delay = options.RetryDelay,
            MaxDelay = options.MaxRetryDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = args => ValueTask.FromResult(IsWorthwhile(args.Outcome, args.Context.CancellationToken)),
            DelayGenerator = args => ValueTask.FromResult(Asked(args.Outcome.Result, options, time)),
            OnRetry = args =>
            {
                args.Outcome.Result?.Dispose();
                return default;
            },
        };

    private static bool IsWorthwhile(Outcome<HttpResponseMessage> outcome, CancellationToken cancellation) => outcome switch
    {
        { Exception: HttpRequestException or IOException or TimeoutRejectedException } => true,
        { Exception: OperationCanceledException } => !cancellation.IsCancellationRequested,
        { Result.StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests } => true,
        { Result.StatusCode: HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout } => true,
        _ => false,
    };

    /// <summary>Null leaves the pause to the strategy.</summary>
    private static TimeSpan? Asked(HttpResponseMessage? answer, PlanningClientOptions options, TimeProvider time)
    {
        var asked = answer?.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date - time.GetUtcNow()) : null;
        return asked is not { } pause ? null : pause < TimeSpan.Zero ? TimeSpan.Zero : pause > options.MaxRetryDelay ? options.MaxRetryDelay : pause;
    }
}
