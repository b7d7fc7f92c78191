using Planning.Contracts;
using Planning.Engine.Notifications;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Mapping;

/// <summary>Targets, subscriptions and deliveries as callers see them: no secrets, and of hooks no whole addresses.</summary>
internal static class NotificationViews
{
    private const string Closed = "closed";
    private const string Open = "open";

    public static NotificationTargetView Of(NotificationTarget t) => new(
        t.Id, t.Group, t.Name, Wire.Name(t.Kind), Shown(t), t.Outage is null ? Closed : Open, t.CreatedAt, t.Outage?.Since, t.Outage?.LastError);

    public static SubscriptionView Of(NotificationSubscription s) => new(
        s.Id, s.TargetId, s.Group, s.Events, s.CreatedAt, s.Environments.Count == 0 ? null : [.. s.Environments.Select(e => e.Value)], s.Groups.Count == 0 ? null : s.Groups);

    public static DeliveryView Of(QueuedNotification d) => new(
        d.Id, d.TargetId, d.EventId, d.Notification.EventType, d.Notification.Topic, d.Notification.Subject, Wire.Name(d.Status), d.Notification.OccurredAt, d.DueAt, d.Attempts,
        d.FailingSince, d.LastError);

    /// <summary>Whoever knows a hook's whole address can send to it.</summary>
    private static string Shown(NotificationTarget target) =>
        target.Kind == ChannelKind.Email ? target.Address
        : Uri.TryCreate(target.Address, UriKind.Absolute, out var hook) ? $"{hook.Scheme}://{hook.Authority}/…"
        : "…";
}
