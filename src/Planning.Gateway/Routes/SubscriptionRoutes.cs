using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Engine;
using Planning.Engine.Notifications;
using Planning.Gateway.Errors;
using Planning.Gateway.Identity;
using Planning.Gateway.Mapping;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>What a target is told. A subscription belongs to its target's group, and tells it nothing that the group may not see.</summary>
internal static class SubscriptionRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/notifications/subscriptions", (Delegate)Subscribe).Administering("subscribe", "Have a target told of events", Permission.ManageNotifications)
            .Accepts<SubscribeRequest>("application/json").Produces<SubscriptionView>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status404NotFound).Refuses(StatusCodes.Status409Conflict).Refuses(StatusCodes.Status422UnprocessableEntity);
        v1.MapGet("/notifications/subscriptions", (Delegate)List).Reading<SubscriptionList>("list_subscriptions", "List the subscriptions of the caller's groups");
        v1.MapDelete("/notifications/subscriptions/{subscription_id}", Unsubscribe).Administering("unsubscribe", "End a subscription; what is queued is still sent", Permission.ManageNotifications)
            .Produces(StatusCodes.Status204NoContent).Refuses(StatusCodes.Status404NotFound);
    }

    private static Task<IResult> Subscribe(HttpContext http) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.SubscribeRequest, async (call, body) =>
    {
        if (Refuse(body) is { } wrong)
            return wrong;
        foreach (var environment in body.Environments ?? [])
        {
            if (await EnvironmentPlace.VisibleAsync(call, environment) is null)
                return Problems.Unprocessable("environment_unknown", $"There is no environment {environment} that your groups own or use.", new ProblemError("environment_unknown", environment, "/environments"));
        }
        var manager = NotificationViewers.Managing(call);
        if ((await call.Parts.Notifications.ListTargetsAsync(manager, call.Cancellation)).FirstOrDefault(t => t.Id == body.TargetId) is not { } target)
            return NotificationTargetRoutes.NotFound();
        if ((await call.Parts.Notifications.ListSubscriptionsAsync(manager, call.Cancellation)).Count(s => s.TargetId == target.Id) >= NotificationSubscription.MaxPerTarget)
            return Problems.Conflict("subscriptions_too_many", $"A target has at most {NotificationSubscription.MaxPerTarget} subscriptions. End one, or name more events in one.");
        var subscription = new NotificationSubscription(
            call.Workspace, Ids.New("sub_"), target.Id, target.Group, [.. body.Events.Distinct()], [.. (body.Environments ?? []).Distinct().Select(id => new EnvironmentId(id))],
            [.. (body.Groups ?? []).Distinct()], call.Actor.Id, call.Parts.Time.GetUtcNow());
        return await call.Parts.Notifications.AddSubscriptionAsync(subscription, call.Cancellation)
            ? Answers.Created(http, $"/v1/notifications/subscriptions/{subscription.Id}", NotificationViews.Of(subscription), json => json.SubscriptionView)
            : NotificationTargetRoutes.NotFound();
    });

    private static ProblemResult? Refuse(SubscribeRequest body)
    {
        if (body.Events.Count == 0)
            return Invalid("/events", "A subscription names at least one event.");
        foreach (var (field, conditions) in new (string, IReadOnlyList<string?>?)[] { ("/events", body.Events), ("/environments", body.Environments), ("/groups", body.Groups) })
        {
            if (conditions?.Count > NotificationSubscription.MaxConditions)
                return Invalid(field, $"A subscription names at most {NotificationSubscription.MaxConditions} of each.");
            if (conditions?.Contains(null) == true)
                return Invalid(field, "null is among them; leave it out.");
        }
        if (body.Events.FirstOrDefault(e => !NotificationSources.EventTypes.Any(type => EventFamily.Contains(e, type))) is { } odd)
        {
            var message = $"Nobody is told of '{odd}'. There are {string.Join(", ", NotificationSources.EventTypes)}, and families of them such as BOOKING_*.";
            return Problems.Unprocessable("event_unknown", message, new ProblemError("event_unknown", message, "/events"));
        }
        return body.Groups?.FirstOrDefault(g => !GroupNames.IsValid(g)) is { } group ? Invalid("/groups", $"'{group}' is no group: {GroupNames.Form}.") : null;
    }

    private static async Task<IResult> List(HttpContext http)
    {
        var call = Call.Of(http);
        var subscriptions = await call.Parts.Notifications.ListSubscriptionsAsync(NotificationViewers.Seeing(call), call.Cancellation);
        return Answers.Ok(new SubscriptionList([.. subscriptions.Select(NotificationViews.Of)]), json => json.SubscriptionList);
    }

    private static async Task<IResult> Unsubscribe(HttpContext http, string subscription_id)
    {
        var call = Call.Of(http);
        return await call.Parts.Notifications.RemoveSubscriptionAsync(NotificationViewers.Managing(call), subscription_id, call.Cancellation)
            ? Results.NoContent()
            : Problems.NotFound("subscription_not_found", "There is no subscription with this id in this workspace, or none that belongs to a group of yours.");
    }

    private static ProblemResult Invalid(string field, string message) => Problems.Unprocessable("invalid_value", message, new ProblemError("invalid_value", message, field));
}
