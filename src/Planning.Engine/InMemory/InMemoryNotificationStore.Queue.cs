using Planning.Domain;
using Planning.Engine.Leases;
using Planning.Engine.Notifications;
using Planning.Engine.Pump;

namespace Planning.Engine.InMemory;

/// <summary>This half is the work's.</summary>
public sealed partial class InMemoryNotificationStore
{
    private readonly Dictionary<(WorkspaceId, string), (long Number, QueuedNotification Row)> queue = [];
    private readonly Dictionary<int, (long Position, long LeaseEpoch)> positions = [];
    private long newestLease;
    private long numbers;

    public ValueTask<long> PositionAsync(int partition, CancellationToken cancellation)
    {
        lock (gate)
            return new(positions.GetValueOrDefault(partition).Position);
    }

    public ValueTask<IReadOnlyList<NotificationSubscription>> SubscriptionsAsync(IReadOnlyCollection<WorkspaceId> workspaces, CancellationToken cancellation)
    {
        lock (gate)
            return new([.. subscriptions.Values.Where(s => workspaces.Contains(s.Workspace))]);
    }

    public ValueTask QueueAsync(EventBatch batch, IReadOnlyList<QueuedNotification> told, CancellationToken cancellation)
    {
        lock (gate)
        {
            UnderLease(batch.LeaseEpoch);
            var (position, epoch) = positions.GetValueOrDefault(batch.Partition);
            if (position != batch.After || epoch > batch.LeaseEpoch)
                throw new LeaseLostException($"Notifications no longer stand at {batch.After} in partition {batch.Partition}.");
            positions[batch.Partition] = (batch.Last, batch.LeaseEpoch);
            foreach (var row in told.Where(row => targets.ContainsKey((row.Workspace, row.TargetId))))
                queue.TryAdd((row.Workspace, row.Id), (++numbers, row));
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<NotificationTarget>> DueTargetsAsync(DateTimeOffset now, long leaseEpoch, CancellationToken cancellation)
    {
        lock (gate)
        {
            UnderLease(leaseEpoch);
            return new([.. Waiting().Where(row => row.DueAt <= now).Select(row => (row.Workspace, row.TargetId)).Distinct().Select(key => targets[key])]);
        }
    }

    public ValueTask<IReadOnlyList<QueuedNotification>> DueAsync(NotificationTarget target, DateTimeOffset now, int max, long leaseEpoch, CancellationToken cancellation)
    {
        lock (gate)
        {
            UnderLease(leaseEpoch);
            return new([.. Waiting().Where(row => row.Workspace == target.Workspace && row.TargetId == target.Id)
                .GroupBy(row => row.Notification.Topic)
                .SelectMany(topic => topic.OrderBy(row => row.Position).TakeWhile(row => row.DueAt <= now))
                .OrderBy(row => row.Position).Take(max)]);
        }
    }

    public ValueTask SettleAsync(IReadOnlyList<Settlement> settled, long leaseEpoch, CancellationToken cancellation)
    {
        lock (gate)
        {
            UnderLease(leaseEpoch);
            foreach (var (workspace, id, left) in settled)
            {
                if (left is null)
                    queue.Remove((workspace, id));
                else if (queue.TryGetValue((workspace, id), out var found))
                    queue[(workspace, id)] = found with { Row = left };
            }
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> BeginOutageAsync(NotificationTarget target, Outage outage, long leaseEpoch, CancellationToken cancellation)
    {
        lock (gate)
        {
            UnderLease(leaseEpoch);
            if (!targets.TryGetValue((target.Workspace, target.Id), out var found))
                return new(false);
            targets[(target.Workspace, target.Id)] = found with { Outage = found.Outage is { } lasting ? lasting with { LastError = outage.LastError } : outage };
            return new(found.Outage is null);
        }
    }

    public ValueTask<Outage?> EndOutageAsync(NotificationTarget target, long leaseEpoch, CancellationToken cancellation)
    {
        lock (gate)
        {
            UnderLease(leaseEpoch);
            if (!targets.TryGetValue((target.Workspace, target.Id), out var found))
                return new((Outage?)null);
            targets[(target.Workspace, target.Id)] = found with { Outage = null };
            return new(found.Outage);
        }
    }

    private IEnumerable<QueuedNotification> Waiting() => queue.Values.Select(q => q.Row).Where(row => row.Status == DeliveryStatus.Waiting);

    private void UnderLease(long leaseEpoch)
    {
        if (leaseEpoch < newestLease)
            throw new LeaseLostException($"Lease epoch {leaseEpoch} is over.");
        newestLease = leaseEpoch;
    }
}
