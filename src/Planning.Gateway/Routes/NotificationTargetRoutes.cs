using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Engine;
using Planning.Engine.Audit;
using Planning.Engine.Notifications;
using Planning.Gateway.Audit;
using Planning.Gateway.Errors;
using Planning.Gateway.Identity;
using Planning.Gateway.Mapping;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Where notifications go. A target belongs to a group; who is in it, or an admin, manages it.</summary>
internal static class NotificationTargetRoutes
{
    private const int SecretBytes = 32;

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/notifications/targets", (Delegate)Create).Administering("create_notification_target", "Create a target; a webhook's secret is shown this once", Permission.ManageNotifications)
            .Accepts<CreateNotificationTargetRequest>("application/json").Produces<CreatedNotificationTargetView>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status409Conflict).Refuses(StatusCodes.Status422UnprocessableEntity)
            .AuditedBeforehand(AuditEvent.NotificationTargetChange, AuditAction.Create, "notification_target");
        v1.MapGet("/notifications/targets", (Delegate)List).Reading<NotificationTargetList>("list_notification_targets", "List the targets of the caller's groups, and how they do");
        v1.MapDelete("/notifications/targets/{target_id}", Remove).Administering(
                "remove_notification_target", "Remove a target with its subscriptions and all that waits for it", Permission.ManageNotifications)
            .Produces(StatusCodes.Status204NoContent).Refuses(StatusCodes.Status404NotFound)
            .AuditedBeforehand(AuditEvent.NotificationTargetChange, AuditAction.Revoke, "notification_target");
    }

    public static ProblemResult NotFound() =>
        Problems.NotFound("notification_target_not_found", "There is no target with this id in this workspace, or none that belongs to a group of yours.");

    private static Task<IResult> Create(HttpContext http) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.CreateNotificationTargetRequest, async (call, body) =>
    {
        if (Refuse(call, body) is { } wrong)
            return wrong;
        var kind = Wire.Find<ChannelKind>(body.Channel)!.Value;
        if ((await call.Parts.Notifications.ListTargetsAsync(NotificationViewers.Managing(call), call.Cancellation)).Count(t => t.Group == body.Group) >= NotificationTarget.MaxPerGroup)
            return Problems.Conflict("targets_too_many", $"A group has at most {NotificationTarget.MaxPerGroup} targets. Remove one that is no longer needed.");
        var target = new NotificationTarget(
            call.Workspace, Ids.New("tgt_"), body.Group, body.Name, kind, body.Address,
            kind == ChannelKind.Webhook ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)) : null, call.Actor.Id, call.Parts.Time.GetUtcNow());
        await call.Parts.Notifications.AddTargetAsync(target, call.Cancellation);
        return Answers.Created(
            http, $"/v1/notifications/targets/{target.Id}", new CreatedNotificationTargetView(NotificationViews.Of(target), target.Secret), json => json.CreatedNotificationTargetView);
    });

    private static ProblemResult? Refuse(Call call, CreateNotificationTargetRequest body)
    {
        if (string.IsNullOrWhiteSpace(body.Name) || body.Name.Length > NotificationTarget.MaxNameLength || body.Name.Any(char.IsControl))
            return Invalid("/name", $"A target's name has 1 to {NotificationTarget.MaxNameLength} characters in one line.");
        if (!GroupNames.IsValid(body.Group))
            return Invalid("/group", $"'{body.Group}' is no group: {GroupNames.Form}.");
        if (!call.Actor.Has(Role.Admin) && !call.Actor.Groups.Contains(body.Group))
            return Problems.Forbidden("group_membership_required", $"Only who is in group {body.Group}, or an admin, manages its targets.");
        if (Wire.Find<ChannelKind>(body.Channel) is not { } kind)
            return Invalid("/channel", $"There is no channel '{body.Channel}'; there are {string.Join(", ", Wire.All<ChannelKind>())}.");
        if (call.Parts.Channels.FirstOrDefault(c => c.Kind == kind) is not { } channel)
            return Problems.Unprocessable("channel_not_configured", $"This server sends nothing over {body.Channel}. Ask its operator to configure that channel, or use another one.");
        var why = body.Address.Length is 0 or > NotificationTarget.MaxAddressLength ? $"An address has 1 to {NotificationTarget.MaxAddressLength} characters." : channel.Refuse(body.Address);
        return why is null ? null : Problems.Unprocessable("address_refused", why, new ProblemError("address_refused", why, "/address"));
    }

    private static async Task<IResult> List(HttpContext http)
    {
        var call = Call.Of(http);
        var targets = await call.Parts.Notifications.ListTargetsAsync(NotificationViewers.Seeing(call), call.Cancellation);
        return Answers.Ok(new NotificationTargetList([.. targets.Select(NotificationViews.Of)]), json => json.NotificationTargetList);
    }

    private static async Task<IResult> Remove(HttpContext http, string target_id)
    {
        var call = Call.Of(http);
        return await call.Parts.Notifications.RemoveTargetAsync(NotificationViewers.Managing(call), target_id, call.Cancellation) ? Results.NoContent() : NotFound();
    }

    private static ProblemResult Invalid(string field, string message) => Problems.Unprocessable("invalid_value", message, new ProblemError("invalid_value", message, field));
}
