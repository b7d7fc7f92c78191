using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Engine.Telemetry;

namespace Planning.Gateway;

/// <summary>Times every request by its route, never by its address: ids must not become names of series.</summary>
internal sealed class RequestMetrics(RequestDelegate next, TimeProvider time)
{
    /// <summary>Seconds: 10 ms to 5 s.</summary>
    private static readonly double[] Buckets = [0.01, 0.05, 0.1, 0.5, 1, 2, 5];

    private static readonly Histogram<double> Durations = PlanningMeter.Instance.CreateHistogram(
        "planning_api_request_duration_seconds", unit: "s", description: "Duration of API requests", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets });

    public async Task InvokeAsync(HttpContext http)
    {
        var started = time.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            Durations.Record(
                time.GetElapsedTime(started).TotalSeconds,
                KeyValuePair.Create<string, object?>("method", http.Request.Method),
                KeyValuePair.Create<string, object?>("route", (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none"),
                KeyValuePair.Create<string, object?>("status_code", http.Response.StatusCode.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
