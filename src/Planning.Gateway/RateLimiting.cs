using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Planning.Gateway.Audit;
using Planning.Gateway.Errors;
using Planning.Gateway.Requests;
using Planning.Gateway.Routes;

namespace Planning.Gateway;

/// <summary>How often one caller may ask, by group of routes.</summary>
internal static class RateLimiting
{
    public static IServiceCollection AddPlanningRateLimits(this IServiceCollection services, RateLimits limits) => services.AddRateLimiter(options =>
    {
        options.OnRejected = (context, _) => new ValueTask(Refusal(context).ExecuteAsync(context.HttpContext));
        PerSecond(options, RateLimitNames.Reads, limits.Reads);
        PerSecond(options, RateLimitNames.Commands, limits.Commands);
        PerSecond(options, RateLimitNames.Uploads, limits.Uploads);
        PerSecond(options, RateLimitNames.Administration, limits.Administration);
        PerSecond(options, RateLimitNames.Webhooks, limits.Webhooks, NetworkOf);
        PerSecond(options, RateLimitNames.Feeds, limits.Feeds, NetworkOf);
        options.AddPolicy(RateLimitNames.Streams, http => RateLimitPartition.GetConcurrencyLimiter(
            CallerOf(http), _ => new ConcurrencyLimiterOptions { PermitLimit = limits.OpenStreams, QueueLimit = 0 }));
    });

    private static void PerSecond(RateLimiterOptions options, string name, int perSecond, Func<HttpContext, string>? by = null) => options.AddPolicy(name, http => RateLimitPartition.GetTokenBucketLimiter(
        (by ?? CallerOf)(http), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));

    private static string CallerOf(HttpContext http) => http.Features.Get<Call>()?.Caller.Id ?? "";

    /// <summary>Who has no key is told apart by the network alone.</summary>
    private static string NetworkOf(HttpContext http) => TrustedProxies.NetworkOf(http.RequestServices.GetRequiredService<AuditRecorder>().AddressOf(http));

    private static ProblemResult Refusal(OnRejectedContext context) => new(
        StatusCodes.Status429TooManyRequests, "rate_limited", "You ask more often than this server allows. Wait as Retry-After says, then go on.", [])
    {
        RetryAfter = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var pause) ? pause : TimeSpan.FromSeconds(1),
    };
}
