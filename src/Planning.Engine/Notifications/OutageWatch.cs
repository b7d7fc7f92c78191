using Microsoft.Extensions.Logging;

namespace Planning.Engine.Notifications;

/// <summary>
/// One alert for each outage of a target, however many messages fail in it and whoever holds the lease meanwhile: what
/// began and has not ended stands with the target.
/// </summary>
internal sealed partial class OutageWatch(INotificationQueue queue, long leaseEpoch, TimeProvider time, ILogger logger)
{
    private volatile bool lasts;

    /// <summary>Whether the target takes nothing, as far as is known.</summary>
    public bool Lasts => lasts;

    public void Begin(NotificationTarget target) => lasts = target.Outage is not null;

    public async ValueTask BeginAsync(NotificationTarget target, string error)
    {
        lasts = true;
        var outage = new Outage(time.GetUtcNow(), DeliveryJudge.Storable(error));
        if (await queue.BeginOutageAsync(target, outage, leaseEpoch, CancellationToken.None))
            Began(logger, target.Id, target.Name, target.Kind, target.Workspace.Value, outage.LastError);
    }

    public async ValueTask EndAsync(NotificationTarget target)
    {
        if (!lasts)
            return;
        if (await queue.EndOutageAsync(target, leaseEpoch, CancellationToken.None) is { } over)
        {
            var seconds = (time.GetUtcNow() - over.Since).TotalSeconds;
            Ended(logger, target.Id, target.Name, target.Workspace.Value, seconds);
        }
        lasts = false;
    }

    [LoggerMessage(EventId = 1605, Level = LogLevel.Error, Message = "Target {Target} ({Name}, {Channel}) of {Workspace} takes no notifications; they wait until it does. Last error: {Error}")]
    private static partial void Began(ILogger logger, string target, string name, ChannelKind channel, string workspace, string error);

    [LoggerMessage(EventId = 1606, Level = LogLevel.Information, Message = "Target {Target} ({Name}) of {Workspace} takes notifications again, after {Seconds:0} s")]
    private static partial void Ended(ILogger logger, string target, string name, string workspace, double seconds);
}
