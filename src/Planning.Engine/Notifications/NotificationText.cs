using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Planning.Engine.Log;

namespace Planning.Engine.Notifications;

/// <summary>What is said of an event, in the words of mails and chats and in the form of webhooks; docs/notifications.md shows it.</summary>
internal static class NotificationText
{
    /// <summary>Of <see cref="Notification.Payload"/>; raised when a member changes its meaning or goes.</summary>
    private const int PayloadVersion = 1;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static QueuedNotification Of(StoredEvent stored, Telling telling, PlacedEnvironment about, string targetId, DateTimeOffset now)
    {
        var workspace = stored.Entity.Workspace;
        var id = QueuedNotification.MessageId(workspace, stored.EventId, targetId);
        var environment = about.Environment;
        var subject = OneLine($"{environment.Name} {telling.Summary}");
        var text = $"{subject}.\n\nEnvironment: {OneLine(environment.Name)} ({environment.Id})\nEvent: {stored.Type}\nTime: {Time(stored.At)}\n";
        var payload = new JsonObject
        {
            ["version"] = PayloadVersion,
            ["message_id"] = id,
            ["event_id"] = stored.EventId,
            ["event_type"] = stored.Type,
            ["occurred_at"] = Time(stored.At),
            ["workspace"] = workspace.Value,
            ["topic"] = telling.Topic,
            ["environment"] = new JsonObject { ["id"] = environment.Id.Value, ["name"] = environment.Name, ["owner_group"] = environment.OwnerGroup },
            ["subject"] = subject,
            ["details"] = telling.Details.DeepClone(),
        };
        return new QueuedNotification(
            new Notification(id, workspace, telling.Topic, stored.Type, stored.At, subject, text, JsonSerializer.SerializeToUtf8Bytes(payload, Json)),
            targetId, stored.EventId, stored.Position, DeliveryStatus.Waiting, now);
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>A name must not begin a line of its own, nor a header of a mail.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
