using System.Collections.Concurrent;
using Planning.Engine.Notifications;

namespace Planning.Gateway.Tests.Support;

/// <summary>Webhooks that keep what they get, and refuse it where they are told to.</summary>
internal sealed class TestChannel : IChannel
{
    public ChannelKind Kind => ChannelKind.Webhook;

    public ConcurrentQueue<(ChannelTarget Target, Notification Notification)> Got { get; } = new();

    public Func<Notification, Delivery> Answer { get; set; } = _ => new Delivery.Done();

    public string? Refuse(string address) => address.StartsWith("https://", StringComparison.Ordinal) ? null : "A webhook's address begins with https://.";

    public ValueTask<Delivery> SendAsync(ChannelTarget target, Notification notification, CancellationToken cancellation)
    {
        var answer = Answer(notification);
        if (answer is Delivery.Done)
            Got.Enqueue((target, notification));
        return new(answer);
    }
}
