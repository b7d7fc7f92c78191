using Planning.Engine.Reads;

namespace Planning.Engine.Notifications;

/// <summary>
/// Targets, subscriptions and what waits for delivery, as their groups see them. They are not in the log: addresses are
/// erasable, and secrets are nobody else's. A viewer sees what belongs to the viewer's groups.
/// </summary>
public interface INotificationDirectory
{
    ValueTask AddTargetAsync(NotificationTarget target, CancellationToken cancellation);

    /// <summary>Oldest first.</summary>
    ValueTask<IReadOnlyList<NotificationTarget>> ListTargetsAsync(Viewer viewer, CancellationToken cancellation);

    /// <summary>With its subscriptions and all that waits for it; false where the viewer sees none.</summary>
    ValueTask<bool> RemoveTargetAsync(Viewer viewer, string targetId, CancellationToken cancellation);

    /// <summary>False where the target has gone.</summary>
    ValueTask<bool> AddSubscriptionAsync(NotificationSubscription subscription, CancellationToken cancellation);

    /// <summary>Oldest first.</summary>
    ValueTask<IReadOnlyList<NotificationSubscription>> ListSubscriptionsAsync(Viewer viewer, CancellationToken cancellation);

    /// <summary>False where the viewer sees none.</summary>
    ValueTask<bool> RemoveSubscriptionAsync(Viewer viewer, string subscriptionId, CancellationToken cancellation);

    /// <summary>Newest first.</summary>
    /// <exception cref="InvalidCursorException">The page's cursor is of another list or of other filters.</exception>
    ValueTask<Page<QueuedNotification>> ListDeliveriesAsync(Viewer viewer, DeliveryFilter filter, PageRequest page, CancellationToken cancellation);

    /// <summary>Due now, as if it had never been tried, also when it was parked; false where the viewer sees none.</summary>
    ValueTask<bool> RetryAsync(Viewer viewer, string messageId, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>It is never sent; false where the viewer sees none.</summary>
    ValueTask<bool> DropAsync(Viewer viewer, string messageId, CancellationToken cancellation);
}

/// <summary>All that are given must hold.</summary>
public sealed record DeliveryFilter(DeliveryStatus? Status = null, string? TargetId = null, string? MessageId = null);
