using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Planning.Domain;
using Planning.Engine.Leases;

namespace Planning.Engine.Notifications;

/// <summary>
/// Sends what is queued while the lease is held. Each target has a lane of its own, so that one that is slow or dead
/// delays nobody else; this looks which lanes have something to do.
/// </summary>
/// <param name="queued">Raised when there may be something to send.</param>
public sealed partial class NotificationSender(
    INotificationQueue queue, IReadOnlyList<IChannel> channels, NotificationOptions options, WakeUp queued, TimeProvider time, ILogger<NotificationSender> logger) : ILeasedWork
{
    private readonly ConcurrentDictionary<(WorkspaceId, string), TargetLane> lanes = new();

    /// <summary>Ends when nothing that is under way now is any longer.</summary>
    public Task UnderWay => Task.WhenAll(lanes.Values.Select(lane => lane.Running));

    public async Task RunAsync(long leaseEpoch, CancellationToken cancellation)
    {
        var writer = new SettlementWriter(queue, leaseEpoch, options, time, logger);
        var without = new HashSet<ChannelKind>();
        try
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    foreach (var target in await queue.DueTargetsAsync(time.GetUtcNow(), leaseEpoch, cancellation))
                    {
                        if (LaneOf(target) is { } lane)
                            lane.Run(target, cancellation);
                        else if (without.Add(target.Kind))
                            NoChannel(logger, target.Kind);
                    }
                }
                catch (Exception e) when (e is not (OperationCanceledException or LeaseLostException))
                {
                    NotLooked(logger, e);
                }
                await queued.WaitAsync(options.PollInterval, cancellation);
                Forget();
            }
        }
        finally
        {
            // What is under way is waited for: a message that was accepted and not stored would come again.
            await UnderWay;
            lanes.Clear();
        }

        TargetLane? LaneOf(NotificationTarget target)
        {
            if (lanes.TryGetValue((target.Workspace, target.Id), out var lane) || channels.FirstOrDefault(c => c.Kind == target.Kind) is not { } channel)
                return lane;
            return lanes[(target.Workspace, target.Id)] = new TargetLane(queue, writer, channel, leaseEpoch, options, queued, time, logger);
        }

        // A lane that has had nothing to do for so long has nothing left to remember.
        void Forget()
        {
            foreach (var (key, lane) in lanes)
            {
                lane.ThrowIfLeaseLost();
                if (lane.Running.IsCompleted && time.GetUtcNow() - lane.LastRun > options.SamplingDuration + options.BreakDuration)
                    lanes.TryRemove(key, out _);
            }
        }
    }

    [LoggerMessage(EventId = 1602, Level = LogLevel.Warning, Message = "There are notifications for {Channel}, and no channel that sends them here; they wait")]
    private static partial void NoChannel(ILogger logger, ChannelKind channel);

    [LoggerMessage(EventId = 1603, Level = LogLevel.Error, Message = "Due notifications could not be looked for")]
    private static partial void NotLooked(ILogger logger, Exception e);
}
