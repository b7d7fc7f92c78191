using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Planning.Domain;
using Planning.Engine.Trackers;
using Planning.Gateway.Errors;
using Planning.Gateway.OpenApi;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>
/// Where trackers send their messages. They have no API key: a message is believed for its signature alone, and the answer says
/// nothing of what it came to, except whether it is to be sent again.
/// </summary>
internal static class TrackerRoutes
{
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapPost("/trackers/{tracker}/webhooks", Take)
            .WithName("take_tracker_message")
            .WithSummary("For a tracker's webhook: tell what was done to an item; signed, as docs/trackers.md says")
            .WithMetadata(KnowsItsQuery.Instance, TakesBytes.Instance)
            .RequireRateLimiting(RateLimitNames.Webhooks)
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status400BadRequest)
            .Refuses(StatusCodes.Status401Unauthorized)
            .Refuses(StatusCodes.Status404NotFound)
            .Refuses(StatusCodes.Status413PayloadTooLarge)
            .Refuses(StatusCodes.Status429TooManyRequests)
            .Refuses(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> Take(HttpContext http, string tracker)
    {
        var max = http.RequestServices.GetRequiredService<GatewayOptions>().MaxJsonBodyBytes;
        if (await RawBody.ReadAsync(http, max) is not { } body)
            return Problems.TooLarge("max_json_body_bytes", max);
        var delivery = new TrackerDelivery(name => http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null, body);
        return await http.RequestServices.GetRequiredService<TrackerIntake>().TakeAsync(new TrackerId(tracker), delivery, http.RequestAborted) switch
        {
            TrackerTaken.Done or TrackerTaken.Ignored or TrackerTaken.NotAllowed => Results.NoContent(),
            TrackerTaken.NotNow later => Problems.Of(later.Rejection),
            TrackerTaken.Refused { Rejection: { Kind: RejectionKind.Forbidden } r } => Problems.Unauthorized(r.Code, r.Message),
            TrackerTaken.Refused { Rejection: { Kind: RejectionKind.Invalid } r } => Problems.BadRequest(r.Code, r.Message),
            TrackerTaken.Refused refused => Problems.Of(refused.Rejection),
            var taken => throw new UnreachableException($"There is no end {taken.GetType().Name}."),
        };
    }
}
