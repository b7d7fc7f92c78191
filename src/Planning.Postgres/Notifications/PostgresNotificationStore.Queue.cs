using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Planning.Domain;
using Planning.Engine.Notifications;
using Planning.Engine.Pump;
using Planning.Postgres.Pump;
using Planning.Postgres.Reads;

namespace Planning.Postgres.Notifications;

/// <summary>This half is as the consumers' role, across workspaces.</summary>
public sealed partial class PostgresNotificationStore(PlanningDatabase database, ILogger<PostgresNotificationStore> logger)
{
    private static readonly string DueTargetsSql = SqlFile.Read("notifications/due_targets");
    private static readonly string DueSql = SqlFile.Read("notifications/due");
    private static readonly string DeliveredSql = SqlFile.Read("notifications/settle_delivered");
    private static readonly string LeftSql = SqlFile.Read("notifications/settle_left");
    private static readonly string BeginOutageSql = SqlFile.Read("notifications/begin_outage");
    private static readonly string EndOutageSql = SqlFile.Read("notifications/end_outage");

    private readonly PostgresConsumerPositions positions = new(database);

    public ValueTask<long> PositionAsync(int partition, CancellationToken cancellation) => positions.LoadAsync(INotificationQueue.ConsumerName, partition, cancellation);

    public async ValueTask<IReadOnlyList<NotificationSubscription>> SubscriptionsAsync(IReadOnlyCollection<WorkspaceId> workspaces, CancellationToken cancellation)
    {
        await using var command = database.Consumer.Prepare(ListSubscriptionsSql, [workspaces.Select(w => w.Value).ToArray()]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<NotificationSubscription>();
        while (await reader.ReadAsync(cancellation))
            found.Add(NotificationRows.Subscription(reader));
        return found;
    }

    public async ValueTask QueueAsync(EventBatch batch, IReadOnlyList<QueuedNotification> told, CancellationToken cancellation)
    {
        await using var connection = await database.Consumer.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
            await PostgresConsumerPositions.AdvanceAsync(transaction, INotificationQueue.ConsumerName, batch, cancellation);
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            LogBlocker(batch.Partition, await positions.EndBlockerAsync(INotificationQueue.ConsumerName, batch.Partition, batch.LeaseEpoch, cancellation) ?? "gone by itself");
            throw;
        }
        await QueuedColumns.InsertAsync(transaction, told, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    public async ValueTask<IReadOnlyList<NotificationTarget>> DueTargetsAsync(DateTimeOffset now, long leaseEpoch, CancellationToken cancellation) =>
        await new LeasedBatch(database, leaseEpoch).ReadAsync(NotificationRows.Target, cancellation, (DueTargetsSql, [now]));

    public async ValueTask<IReadOnlyList<QueuedNotification>> DueAsync(
        NotificationTarget target, DateTimeOffset now, int max, long leaseEpoch, CancellationToken cancellation) =>
        await new LeasedBatch(database, leaseEpoch).ReadAsync(NotificationRows.Queued, cancellation, (DueSql, [target.Workspace.Value, target.Id, now, max]));

    public async ValueTask SettleAsync(IReadOnlyList<Settlement> settled, long leaseEpoch, CancellationToken cancellation)
    {
        var done = settled.Where(s => s.Left is null).ToArray();
        var left = settled.Where(s => s.Left is not null).Select(s => s.Left!).ToArray();
        await new LeasedBatch(database, leaseEpoch).ReadAsync(
            _ => 0, cancellation,
            (DeliveredSql, [done.Select(s => s.Workspace.Value).ToArray(), done.Select(s => s.MessageId).ToArray(), leaseEpoch]),
            (LeftSql,
            [
                left.Select(row => row.Workspace.Value).ToArray(), left.Select(row => row.Id).ToArray(), left.Select(row => NotificationRows.Name(row.Status)).ToArray(),
                left.Select(row => row.DueAt.UtcDateTime).ToArray(), left.Select(row => row.Attempts).ToArray(), left.Select(row => row.FailingSince?.UtcDateTime).ToArray(),
                left.Select(row => row.LastError).ToArray(), leaseEpoch,
            ]));
    }

    public async ValueTask<bool> BeginOutageAsync(NotificationTarget target, Outage outage, long leaseEpoch, CancellationToken cancellation) =>
        await new LeasedBatch(database, leaseEpoch).ReadAsync(
            row => row.GetBoolean(0), cancellation, (BeginOutageSql, [target.Workspace.Value, target.Id, outage.Since, outage.LastError, leaseEpoch])) is [true];

    public async ValueTask<Outage?> EndOutageAsync(NotificationTarget target, long leaseEpoch, CancellationToken cancellation) =>
        await new LeasedBatch(database, leaseEpoch).ReadAsync(
            row => new Outage(row.GetFieldValue<DateTimeOffset>(0), row.GetString(1)), cancellation,
            (EndOutageSql, [target.Workspace.Value, target.Id, leaseEpoch])) is [var over] ? over : null;

    [LoggerMessage(2303, LogLevel.Warning, "The position of notifications in partition {Partition} was held too long and its blocker was ended: {Blocker}")]
    private partial void LogBlocker(int partition, string blocker);
}
