using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Engine.Notifications;
using Planning.Engine.Reads;
using Planning.Gateway.Errors;
using Planning.Gateway.Identity;
using Planning.Gateway.Mapping;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>What has not been delivered: it waits, or it was put aside because its target does not take it.</summary>
internal static class DeliveryRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/notifications/deliveries", List).Reading<Contracts.Page<DeliveryView>>("list_deliveries", "List what waits for delivery and what is parked, newest first");
        v1.MapPost("/notifications/deliveries/{message_id}/retry", Retry).Administering("retry_delivery", "Send it now, also when it was parked", Permission.ManageNotifications)
            .Produces<DeliveryView>().Refuses(StatusCodes.Status404NotFound);
        v1.MapPost("/notifications/deliveries/{message_id}/drop", Drop).Administering("drop_delivery", "Never send it; the answer is what it was", Permission.ManageNotifications)
            .Produces<DeliveryView>().Refuses(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> List(HttpContext http, string? status, string? target, int? limit, string? cursor)
    {
        var call = Call.Of(http);
        if (Listing.LimitProblem(limit) is { } wrong)
            return wrong;
        DeliveryStatus? wanted = status is null ? null : Wire.Find<DeliveryStatus>(status);
        if (status is not null && wanted is null)
            return Problems.Unprocessable("filter_invalid", $"There is no status '{status}'; there are {string.Join(", ", Wire.All<DeliveryStatus>())}.");
        var page = await call.Parts.Notifications.ListDeliveriesAsync(
            NotificationViewers.Seeing(call), new DeliveryFilter(wanted, target), new PageRequest(string.IsNullOrEmpty(cursor) ? null : cursor, limit ?? Listing.DefaultLimit),
            call.Cancellation);
        return Answers.Ok(new Contracts.Page<DeliveryView>(ImmutableArray.CreateRange(page.Items, NotificationViews.Of), page.Next), json => json.PageDeliveryView);
    }

    private static Task<IResult> Retry(HttpContext http, string message_id) => TendAsync(Call.Of(http), message_id, async (call, viewer, delivery) =>
    {
        var now = call.Parts.Time.GetUtcNow();
        return await call.Parts.Notifications.RetryAsync(viewer, message_id, now, call.Cancellation)
            ? delivery with { Status = DeliveryStatus.Waiting, DueAt = now, Attempts = 0, FailingSince = null }
            : null;
    });

    private static Task<IResult> Drop(HttpContext http, string message_id) => TendAsync(
        Call.Of(http), message_id, async (call, viewer, delivery) => await call.Parts.Notifications.DropAsync(viewer, message_id, call.Cancellation) ? delivery : null);

    private static async Task<IResult> TendAsync(Call call, string id, Func<Call, Viewer, QueuedNotification, Task<QueuedNotification?>> tend)
    {
        var viewer = NotificationViewers.Tending(call);
        var found = await call.Parts.Notifications.ListDeliveriesAsync(viewer, new DeliveryFilter(MessageId: id), new PageRequest(null, 1), call.Cancellation);
        return found.Items is [var delivery] && await tend(call, viewer, delivery) is { } left
            ? Answers.Ok(NotificationViews.Of(left), json => json.DeliveryView)
            : Problems.NotFound("delivery_not_found", "No message with this id waits or is parked: it has been delivered or dropped, or is no group's of yours.");
    }
}
