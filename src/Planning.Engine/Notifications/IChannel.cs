namespace Planning.Engine.Notifications;

/// <summary>How a message reaches people or programs; stored with each target.</summary>
public enum ChannelKind
{
    Email = 1,
    Slack,
    Teams,
    Webhook,
}

/// <summary>
/// Sends over one kind of channel, once and without waiting for better times: what protects a target, and what sends
/// again, stands around it. What can be expected to fail is an answer, not an exception.
/// </summary>
public interface IChannel
{
    ChannelKind Kind { get; }

    /// <summary>Why an address can never be one of this channel, checked before it is stored; null when it may be.</summary>
    string? Refuse(string address);

    ValueTask<Delivery> SendAsync(ChannelTarget target, Notification notification, CancellationToken cancellation);
}
