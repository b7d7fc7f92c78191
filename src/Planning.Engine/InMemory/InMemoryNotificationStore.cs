using Planning.Domain;
using Planning.Engine.Notifications;
using Planning.Engine.Reads;

namespace Planning.Engine.InMemory;

/// <summary>Targets, subscriptions and their queue in dictionaries; this half is what requests see.</summary>
public sealed partial class InMemoryNotificationStore : INotificationStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<(WorkspaceId, string), NotificationTarget> targets = [];
    private readonly Dictionary<(WorkspaceId, string), NotificationSubscription> subscriptions = [];

    public ValueTask AddTargetAsync(NotificationTarget target, CancellationToken cancellation)
    {
        lock (gate)
            targets.Add((target.Workspace, target.Id), target);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<NotificationTarget>> ListTargetsAsync(Viewer viewer, CancellationToken cancellation)
    {
        lock (gate)
            return new([.. targets.Values.Where(t => Sees(viewer, t)).OrderBy(t => t.CreatedAt).ThenBy(t => t.Id, StringComparer.Ordinal)]);
    }

    public ValueTask<bool> RemoveTargetAsync(Viewer viewer, string targetId, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (!Sees(viewer, targetId) || !targets.Remove((viewer.Workspace, targetId)))
                return new(false);
            foreach (var subscription in subscriptions.Values.Where(s => s.Workspace == viewer.Workspace && s.TargetId == targetId).ToArray())
                subscriptions.Remove((viewer.Workspace, subscription.Id));
            foreach (var (key, row) in queue.Where(q => q.Key.Item1 == viewer.Workspace && q.Value.Row.TargetId == targetId).ToArray())
                queue.Remove(key);
            return new(true);
        }
    }

    public ValueTask<bool> AddSubscriptionAsync(NotificationSubscription subscription, CancellationToken cancellation)
    {
        lock (gate)
            return new(targets.ContainsKey((subscription.Workspace, subscription.TargetId)) && subscriptions.TryAdd((subscription.Workspace, subscription.Id), subscription));
    }

    public ValueTask<IReadOnlyList<NotificationSubscription>> ListSubscriptionsAsync(Viewer viewer, CancellationToken cancellation)
    {
        lock (gate)
        {
            return new([.. subscriptions.Values.Where(s => s.Workspace == viewer.Workspace && Sees(viewer, s.TargetId))
                .OrderBy(s => s.CreatedAt).ThenBy(s => s.Id, StringComparer.Ordinal)]);
        }
    }

    public ValueTask<bool> RemoveSubscriptionAsync(Viewer viewer, string subscriptionId, CancellationToken cancellation)
    {
        lock (gate)
        {
            return new(subscriptions.TryGetValue((viewer.Workspace, subscriptionId), out var found) && Sees(viewer, found.TargetId)
                && subscriptions.Remove((viewer.Workspace, subscriptionId)));
        }
    }

    public ValueTask<Page<QueuedNotification>> ListDeliveriesAsync(Viewer viewer, DeliveryFilter filter, PageRequest page, CancellationToken cancellation)
    {
        var list = ListNames.Deliveries(filter);
        var before = ListCursor.Read(viewer.Workspace, list, page.Cursor);
        lock (gate)
        {
            var found = queue.Values
                .Where(q => q.Number < before && q.Row.Workspace == viewer.Workspace && Sees(viewer, q.Row.TargetId) && Fits(filter, q.Row))
                .OrderByDescending(q => q.Number).Take(page.Limit + 1).ToArray();
            var next = found.Length > page.Limit ? ListCursor.Write(viewer.Workspace, list, found[page.Limit - 1].Number) : null;
            return new(new Page<QueuedNotification>([.. found.Take(page.Limit).Select(q => q.Row)], next));
        }
    }

    public ValueTask<bool> RetryAsync(Viewer viewer, string messageId, DateTimeOffset now, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (!queue.TryGetValue((viewer.Workspace, messageId), out var found) || !Sees(viewer, found.Row.TargetId))
                return new(false);
            queue[(viewer.Workspace, messageId)] = found with { Row = found.Row with { Status = DeliveryStatus.Waiting, DueAt = now, Attempts = 0, FailingSince = null } };
            return new(true);
        }
    }

    public ValueTask<bool> DropAsync(Viewer viewer, string messageId, CancellationToken cancellation)
    {
        lock (gate)
        {
            return new(queue.TryGetValue((viewer.Workspace, messageId), out var found) && Sees(viewer, found.Row.TargetId)
                && queue.Remove((viewer.Workspace, messageId)));
        }
    }

    private static bool Fits(DeliveryFilter filter, QueuedNotification row) =>
        (filter.Status is null || row.Status == filter.Status)
        && (filter.TargetId is null || row.TargetId == filter.TargetId)
        && (filter.MessageId is null || row.Id == filter.MessageId);

    private bool Sees(Viewer viewer, string targetId) => targets.TryGetValue((viewer.Workspace, targetId), out var target) && Sees(viewer, target);

    private static bool Sees(Viewer viewer, NotificationTarget target) =>
        target.Workspace == viewer.Workspace && (viewer.SeesAll || viewer.Groups.Contains(target.Group));
}
