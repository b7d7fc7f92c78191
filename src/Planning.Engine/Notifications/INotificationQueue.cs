using Planning.Domain;
using Planning.Engine.Leases;
using Planning.Engine.Pump;

namespace Planning.Engine.Notifications;

/// <summary>
/// What waits for delivery, as those see it who fill and empty it, across workspaces. Whoever does not hold the lease any
/// more changes nothing.
/// </summary>
public interface INotificationQueue
{
    public const string ConsumerName = "notifications";

    /// <summary>The position up to which events have been queued.</summary>
    ValueTask<long> PositionAsync(int partition, CancellationToken cancellation);

    ValueTask<IReadOnlyList<NotificationSubscription>> SubscriptionsAsync(IReadOnlyCollection<WorkspaceId> workspaces, CancellationToken cancellation);

    /// <summary>Queues what a batch tells and moves the position, both or neither; what is for a target that has gone is left out.</summary>
    /// <exception cref="LeaseLostException">The position or the lease is not what the batch was read under.</exception>
    ValueTask QueueAsync(EventBatch batch, IReadOnlyList<QueuedNotification> told, CancellationToken cancellation);

    /// <summary>Targets for which something is due.</summary>
    /// <exception cref="LeaseLostException">Another holds the lease; so for the members below.</exception>
    ValueTask<IReadOnlyList<NotificationTarget>> DueTargetsAsync(DateTimeOffset now, long leaseEpoch, CancellationToken cancellation);

    /// <summary>What is due for a target, by position. Of a topic whose next is not due yet there is nothing.</summary>
    ValueTask<IReadOnlyList<QueuedNotification>> DueAsync(NotificationTarget target, DateTimeOffset now, int max, long leaseEpoch, CancellationToken cancellation);

    /// <summary>Stores what tries have come to, all at once. What was dropped meanwhile stays dropped.</summary>
    ValueTask SettleAsync(IReadOnlyList<Settlement> settled, long leaseEpoch, CancellationToken cancellation);

    /// <summary>Marks a target that takes nothing; its last error is replaced while the outage lasts.</summary>
    /// <returns>Whether the outage is new.</returns>
    ValueTask<bool> BeginOutageAsync(NotificationTarget target, Outage outage, long leaseEpoch, CancellationToken cancellation);

    /// <returns>The outage that is over; null where there was none.</returns>
    ValueTask<Outage?> EndOutageAsync(NotificationTarget target, long leaseEpoch, CancellationToken cancellation);
}

/// <summary>Both sides of one store.</summary>
public interface INotificationStore : INotificationDirectory, INotificationQueue;
