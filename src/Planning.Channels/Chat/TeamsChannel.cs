using System.Text.Json;
using System.Text.Json.Nodes;
using Planning.Channels.Outbound;
using Planning.Engine.Notifications;

namespace Planning.Channels.Chat;

/// <summary>
/// Posts an adaptive card to a workflow of Teams, or to one of its older webhooks. Texts stand in text runs, where Markdown means nothing, so
/// that none hides an address behind a word.
/// </summary>
public sealed class TeamsChannel(OutboundClient client) : IChannel
{
    // Teams takes 28 KB for one message; a character has at most six bytes here (\uXXXX).
    private const int MaxSubject = 200;
    private const int MaxText = 3_000;
    private const int MaxLines = 40;

    /// <summary>What the older webhooks answer, with status 200, when they could not pass a message on.</summary>
    private const string FailedAfterAll = "delivery failed";

    public ChannelKind Kind => ChannelKind.Teams;

    public string? Refuse(string address) => client.Refuse(address);

    public async ValueTask<Delivery> SendAsync(ChannelTarget target, Notification notification, CancellationToken cancellation)
    {
        var result = await client.SendAsync(new OutboundRequest(HttpMethod.Post, target.Address, Payload(notification), WantsBody: true), cancellation);
        return result is OutboundResult.Answered { Status: 200 } answered && answered.Body.Contains(FailedAfterAll, StringComparison.OrdinalIgnoreCase)
            ? new Delivery.Failed("Teams accepted the message and could not deliver it.", answered.RetryAfter)
            : Deliveries.Of(result);
    }

    internal static byte[] Payload(Notification notification)
    {
        var lines = ChatText.Cut(notification.Text, MaxText).ReplaceLineEndings("\n").Split('\n', MaxLines);
        var body = new JsonArray(
        [
            Line(ChatText.Cut(notification.Subject, MaxSubject), bold: true),
            .. lines.Where(line => line.Length > 0).Select(line => Line(line)),
            Line($"{notification.EventType} · {notification.OccurredAt:yyyy-MM-dd HH:mm} UTC · {notification.MessageId}", subtle: true),
        ]);
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = body,
        };
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["contentUrl"] = null, ["content"] = card }),
        });
    }

    private static JsonObject Line(string text, bool bold = false, bool subtle = false)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = text };
        if (bold)
            (run["weight"], run["size"]) = ("Bolder", "Medium");
        if (subtle)
            (run["isSubtle"], run["size"]) = (true, "Small");
        return new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run) };
    }
}
