using Planning.Channels.Chat;
using Planning.Channels.Email;
using Planning.Channels.Outbound;
using Planning.Channels.Webhooks;
using Planning.Engine.Notifications;

namespace Planning.Channels;

/// <summary>The channels of one process; those over HTTP share one client. Mail is one of them where a mail server is set.</summary>
public sealed class NotificationChannels : IDisposable
{
    private readonly OutboundClient client;

    /// <exception cref="ArgumentException">An option is out of range; the message says which.</exception>
    public NotificationChannels(ChannelOptions options, TimeProvider time, IHostResolver? resolver = null)
    {
        if (options.Problem() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        client = new OutboundClient(options.Outbound, time, resolver);
        All = [new SlackChannel(client), new TeamsChannel(client), new WebhookChannel(client, time), .. options.Email.IsOn ? [new EmailChannel(options.Email)] : Array.Empty<IChannel>()];
    }

    public IReadOnlyList<IChannel> All { get; }

    public void Dispose() => client.Dispose();
}
