using System.Diagnostics.Metrics;
using Planning.Domain;
using Planning.Engine.Telemetry;

namespace Planning.Engine.Notifications;

/// <summary>What became of notifications, counted.</summary>
internal static class NotificationMetrics
{
    public const string Delivered = "delivered";
    public const string Failed = "failed";
    public const string Parked = "parked";

    private static readonly Counter<long> Total = PlanningMeter.Instance.CreateCounter<long>("planning_notifications_total", description: "Tries to deliver a notification, by what became of them.");

    public static void Count(ChannelKind channel, string eventType, string status) => Total.Add(
        1, new("channel", Snake.Case(channel.ToString())), new("event_type", eventType), new("status", status));
}
