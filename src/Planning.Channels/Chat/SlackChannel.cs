using System.Text.Json;
using Planning.Channels.Outbound;
using Planning.Engine.Notifications;

namespace Planning.Channels.Chat;

/// <summary>
/// Posts to an incoming webhook of Slack, or of a chat that takes the same. Texts are shown as they are: they can mention nobody and hide no
/// address behind a word.
/// </summary>
public sealed class SlackChannel(OutboundClient client) : IChannel
{
    // Slack takes 3,000 characters in one section. Escapes make at most five characters of one.
    private const int MaxSubject = 200;
    private const int MaxText = 2_500;
    private const int MaxSection = 3_000;

    public ChannelKind Kind => ChannelKind.Slack;

    public string? Refuse(string address) => client.Refuse(address);

    public async ValueTask<Delivery> SendAsync(ChannelTarget target, Notification notification, CancellationToken cancellation)
    {
        var result = await client.SendAsync(new OutboundRequest(HttpMethod.Post, target.Address, Payload(notification), WantsBody: true), cancellation);
        return Deliveries.Of(result, result is OutboundResult.Answered answered ? ChatText.Code(answered.Body) : "");
    }

    internal static byte[] Payload(Notification notification)
    {
        var subject = Escape(ChatText.Cut(notification.Subject, MaxSubject));
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            text = subject,
            unfurl_links = false,
            unfurl_media = false,
            blocks = new object[]
            {
                new { type = "section", text = Mrkdwn($"*{subject.Replace('*', '∗')}*") },
                new { type = "section", text = Mrkdwn(Section(notification.Text)) },
                new { type = "context", elements = new[] { Mrkdwn(Escape($"{notification.EventType} · {notification.OccurredAt:yyyy-MM-dd HH:mm} UTC · {notification.MessageId}")) } },
            },
        });
    }

    /// <summary>Slack refuses an empty section.</summary>
    private static string Section(string text)
    {
        var cut = ChatText.Cut(text, MaxText);
        while (Escape(cut) is { Length: > MaxSection })
            cut = ChatText.Cut(cut, cut.Length / 2);
        return cut.Length == 0 ? "–" : Escape(cut);
    }

    private static object Mrkdwn(string text) => new { type = "mrkdwn", text, verbatim = true };

    /// <summary>The three characters with which mentions and links begin and end.</summary>
    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
