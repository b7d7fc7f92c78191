using Planning.Channels.Outbound;
using Planning.Engine.Notifications;

namespace Planning.Channels.Webhooks;

/// <summary>
/// Posts the notification's versioned payload to a program of the users' own, signed with the target's secret. What carries no signature is
/// not sent, so that no receiver gets used to it.
/// </summary>
public sealed class WebhookChannel(OutboundClient client, TimeProvider time) : IChannel
{
    /// <summary>The headers of a message; docs/threat-model-notifications.md says what receivers do with them.</summary>
    internal const string SignatureHeader = "Planning-Signature";
    internal const string MessageIdHeader = "Planning-Message-Id";
    internal const string EventTypeHeader = "Planning-Event-Type";

    public ChannelKind Kind => ChannelKind.Webhook;

    public string? Refuse(string address) => client.Refuse(address);

    public async ValueTask<Delivery> SendAsync(ChannelTarget target, Notification notification, CancellationToken cancellation)
    {
        if (!WebhookSigner.HasSecret(target.Secret))
            return new Delivery.Refused("The target has no secret to sign with. Give it one.");
        var signature = WebhookSigner.Header(target.Secret!, time.GetUtcNow(), notification.Payload.Span);
        var request = new OutboundRequest(HttpMethod.Post, target.Address, notification.Payload, Headers:
        [
            (SignatureHeader, signature),
            (MessageIdHeader, notification.MessageId),
            (EventTypeHeader, notification.EventType),
        ]);
        return Deliveries.Of(await client.SendAsync(request, cancellation));
    }
}
