using Microsoft.Extensions.Logging;
using Planning.Engine.Leases;

namespace Planning.Engine.Notifications;

/// <summary>
/// One target's deliveries, at its own pace. A round:
/// <list type="number">
/// <item>take what is due, in the order of the events</item>
/// <item>send, each topic one after the other and several topics side by side, behind the target's guard</item>
/// <item>settle: delivered leaves the queue, failed comes again later, refused is parked; together with other lanes</item>
/// </list>
/// It ends when nothing is due, or when the target is to be left alone.
/// </summary>
internal sealed class TargetLane(
    INotificationQueue queue, SettlementWriter writer, IChannel channel, long leaseEpoch, NotificationOptions options, WakeUp queued, TimeProvider time, ILogger logger)
{
    private readonly TargetGuard guard = new(options, time);
    private readonly OutageWatch outage = new(queue, leaseEpoch, time, logger);
    private readonly DeliveryJudge judge = new(options);
    private readonly Lock gate = new();
    private long leftAloneUntilTicks;
    private volatile LeaseLostException? lost;
    private volatile bool again;

    /// <summary>Never fails.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public DateTimeOffset LastRun { get; private set; }

    private bool IsLeftAlone => time.GetUtcNow().UtcTicks < Volatile.Read(ref leftAloneUntilTicks);

    /// <summary>Begins unless it is under way, in which case it looks once more at its end.</summary>
    public void Run(NotificationTarget target, CancellationToken stop)
    {
        lock (gate)
        {
            LastRun = time.GetUtcNow();
            if (!Running.IsCompleted)
                again = true;
            else if (!IsLeftAlone)
                Running = RunAsync(target, stop);
        }
    }

    public void ThrowIfLeaseLost()
    {
        if (lost is not null)
            throw new LeaseLostException(lost.Message, lost);
    }

    private async Task RunAsync(NotificationTarget target, CancellationToken stop)
    {
        await Task.Yield();
        outage.Begin(target);
        try
        {
            do
                again = false;
            while ((await RoundAsync(target, stop) || again) && !stop.IsCancellationRequested);
        }
        catch (OperationCanceledException)
        {
            // Stopped as asked.
        }
        catch (LeaseLostException e)
        {
            lost = e;
            queued.Raise();
        }
        // The database, most likely: the next look starts it again.
        catch (Exception e)
        {
            LaneLog.Failed(logger, target.Id, e);
        }
    }

    /// <returns>Whether there may be more to send.</returns>
    private async Task<bool> RoundAsync(NotificationTarget target, CancellationToken stop)
    {
        if (IsLeftAlone)
            return false;
        var due = await queue.DueAsync(target, time.GetUtcNow(), options.MaxBatch, leaseEpoch, stop);
        // What has waited for longest goes first: after a break it is another message that tries than the one that failed last.
        var topics = due.GroupBy(n => n.Notification.Topic, StringComparer.Ordinal).OrderBy(topic => topic.First().DueAt).ToArray();
        await Task.WhenAll(topics.Select(topic => SendAsync(target, topic, stop)));
        return due.Count > 0;
    }

    /// <summary>One topic, until something of it has to come again.</summary>
    private async Task SendAsync(NotificationTarget target, IEnumerable<QueuedNotification> topic, CancellationToken stop)
    {
        var settling = new List<Task>();
        try
        {
            foreach (var next in topic)
            {
                if (IsLeftAlone)
                    return;
                var (delivery, wait) = await guard.SendAsync(channel, target.Channel, next.Notification, stop);
                if (delivery is null)
                {
                    LeaveAlone(wait);
                    return;
                }
                var settled = judge.Judge(next, delivery, outage.Lasts, time.GetUtcNow());
                settling.Add(writer.SettleAsync(settled, stop));
                Count(target, next, settled);
                await WatchAsync(target, delivery);
                if (settled.Left is { Status: DeliveryStatus.Waiting })
                    return;
            }
        }
        finally
        {
            await Task.WhenAll(settling);
        }
    }

    private async Task WatchAsync(NotificationTarget target, Delivery delivery)
    {
        if (delivery is not Delivery.Failed failed)
        {
            // An answer to what was sent before the circuit opened says nothing about now.
            if (outage.Lasts && !guard.IsOpen)
            {
                await outage.EndAsync(target);
                // Those that were turned away while this one tried need not wait any longer.
                Volatile.Write(ref leftAloneUntilTicks, 0);
            }
            return;
        }
        if (failed.After is { } asked)
            LeaveAlone(asked < options.MaxRetryAfter ? asked : options.MaxRetryAfter);
        if (!guard.IsOpen)
            return;
        LeaveAlone(options.BreakDuration);
        await outage.BeginAsync(target, failed.Reason);
    }

    private void LeaveAlone(TimeSpan wait)
    {
        lock (gate)
        {
            var until = (time.GetUtcNow() + wait).UtcTicks;
            if (until > leftAloneUntilTicks)
                Volatile.Write(ref leftAloneUntilTicks, until);
        }
    }

    private static void Count(NotificationTarget target, QueuedNotification sent, Settlement settled) => NotificationMetrics.Count(
        target.Kind, sent.Notification.EventType, settled.Left switch
        {
            null => NotificationMetrics.Delivered,
            { Status: DeliveryStatus.Parked } => NotificationMetrics.Parked,
            _ => NotificationMetrics.Failed,
        });
}

internal static partial class LaneLog
{
    [LoggerMessage(EventId = 1604, Level = LogLevel.Error, Message = "Sending to target {Target} broke off; it is taken up again")]
    public static partial void Failed(ILogger logger, string target, Exception e);
}
