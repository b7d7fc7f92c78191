using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Planning.Client.Http;

/// <summary>
/// Which requests are sent again, and when: those that surely or safely may be, after a connection that failed, and after the answers
/// that speak of a passing state. 500 is none of them: it may come from the very request.
/// </summary>
internal static class Retries
{
    private static readonly ResiliencePropertyKey<ApiRequest> RequestKey = new("planning.request");

    public static ResiliencePipeline<ApiAnswer> Pipeline(PlanningClientOptions options, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<ApiAnswer> { TimeProvider = time };
        if (options.MaxRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<ApiAnswer>
            {
                MaxRetryAttempts = options.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
                ShouldHandle = args => ValueTask.FromResult(MayRepeat(RequestOf(args.Context), args.Outcome, options.MaxRetryDelay)),
                DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter),
            });
        }
        return builder
            .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = args => ValueTask.FromResult(options.AttemptTimeout + (RequestOf(args.Context).Wait ?? TimeSpan.Zero)) })
            .Build();
    }

    public static ResilienceContext ContextOf(ApiRequest request, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(RequestKey, request);
        return context;
    }

    public static bool IsPassing(int status) => status is 408 or 429 or 502 or 503 or 504;

    public static bool IsPassing(HttpRequestException e) => e.HttpRequestError is not (
        HttpRequestError.SecureConnectionError or HttpRequestError.UserAuthenticationError or HttpRequestError.VersionNegotiationError
        or HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded);

    private static ApiRequest RequestOf(ResilienceContext context) => context.Properties.GetValue(RequestKey, null!);

    private static bool MayRepeat(ApiRequest request, Outcome<ApiAnswer> outcome, TimeSpan maxRetryDelay) => request.Repetition switch
    {
        Repetition.Safe => outcome.Result is { } answer
            ? IsPassing(answer.Status) && !(answer.RetryAfter > maxRetryDelay)
            : outcome.Exception is TimeoutRejectedException || (outcome.Exception is HttpRequestException e && IsPassing(e)),
        Repetition.OnlyIfNothingHappened => outcome.Result is { } answer
            ? answer.Status == 429 && !(answer.RetryAfter > maxRetryDelay)
            : outcome.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError },
        _ => false,
    };
}
