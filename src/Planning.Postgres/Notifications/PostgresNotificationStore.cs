using Npgsql;
using NpgsqlTypes;
using Planning.Domain;
using Planning.Engine.Notifications;
using Planning.Engine.Reads;
using Planning.Postgres.Reads;

namespace Planning.Postgres.Notifications;

/// <summary>Targets, subscriptions and their queue; this half is as the request role, which sees what its caller's groups own.</summary>
public sealed partial class PostgresNotificationStore : INotificationStore
{
    private static readonly string AddTargetSql = SqlFile.Read("notifications/add_target");
    private static readonly string ListTargetsSql = SqlFile.Read("notifications/list_targets");
    private static readonly string RemoveTargetSql = SqlFile.Read("notifications/remove_target");
    private static readonly string AddSubscriptionSql = SqlFile.Read("notifications/add_subscription");
    private static readonly string ListSubscriptionsSql = SqlFile.Read("notifications/list_subscriptions");
    private static readonly string RemoveSubscriptionSql = SqlFile.Read("notifications/remove_subscription");
    private static readonly string RetrySql = SqlFile.Read("notifications/retry");
    private static readonly string DropSql = SqlFile.Read("notifications/drop");
    private static readonly ListSql ListDeliveriesSql = new("notifications/list_deliveries");

    public async ValueTask AddTargetAsync(NotificationTarget target, CancellationToken cancellation) => await WriteAsync(
        Maker(target.Workspace, target.CreatedBy, target.Group), AddTargetSql, cancellation, target.Id, target.Group, target.Name, NotificationRows.Name(target.Kind),
        target.Address, new NpgsqlParameter { Value = target.Secret ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }, target.CreatedBy.Value, target.CreatedAt);

    public ValueTask<IReadOnlyList<NotificationTarget>> ListTargetsAsync(Viewer viewer, CancellationToken cancellation) =>
        ListAsync(viewer, ListTargetsSql, viewer.Workspace.Value, NotificationRows.Target, cancellation);

    public ValueTask<bool> RemoveTargetAsync(Viewer viewer, string targetId, CancellationToken cancellation) => WriteAsync(viewer, RemoveTargetSql, cancellation, targetId);

    public ValueTask<bool> AddSubscriptionAsync(NotificationSubscription subscription, CancellationToken cancellation) => WriteAsync(
        Maker(subscription.Workspace, subscription.CreatedBy, subscription.Group), AddSubscriptionSql, cancellation, subscription.Id, subscription.TargetId,
        subscription.Events.ToArray(), subscription.Environments.Select(e => e.Value).ToArray(), subscription.Groups.ToArray(), subscription.CreatedBy.Value, subscription.CreatedAt);

    public ValueTask<IReadOnlyList<NotificationSubscription>> ListSubscriptionsAsync(Viewer viewer, CancellationToken cancellation) =>
        ListAsync(viewer, ListSubscriptionsSql, new[] { viewer.Workspace.Value }, NotificationRows.Subscription, cancellation);

    public ValueTask<bool> RemoveSubscriptionAsync(Viewer viewer, string subscriptionId, CancellationToken cancellation) =>
        WriteAsync(viewer, RemoveSubscriptionSql, cancellation, subscriptionId);

    public ValueTask<Page<QueuedNotification>> ListDeliveriesAsync(Viewer viewer, DeliveryFilter filter, PageRequest page, CancellationToken cancellation)
    {
        var query = new ListQuery(viewer, ListNames.Deliveries(filter), page);
        if (filter.Status is { } status)
            query.Where("status", NotificationRows.Name(status));
        if (filter.TargetId is { } target)
            query.Where("target", target);
        if (filter.MessageId is { } id)
            query.Where("id", id);
        return query.ReadAsync(database, ListDeliveriesSql, NotificationRows.Queued, cancellation);
    }

    public ValueTask<bool> RetryAsync(Viewer viewer, string messageId, DateTimeOffset now, CancellationToken cancellation) =>
        WriteAsync(viewer, RetrySql, cancellation, messageId, now);

    public ValueTask<bool> DropAsync(Viewer viewer, string messageId, CancellationToken cancellation) => WriteAsync(viewer, DropSql, cancellation, messageId);

    /// <summary>Whoever makes something makes it for one group.</summary>
    private static Viewer Maker(WorkspaceId workspace, PersonId by, string group) => new(workspace, by, [group], SeesAll: false);

    /// <summary>The workspace is $1 of every statement here.</summary>
    /// <returns>Whether a row was written.</returns>
    private async ValueTask<bool> WriteAsync(Viewer viewer, string sql, CancellationToken cancellation, params object?[] values)
    {
        await using var request = await RequestBatch.OpenForAsync(database, viewer, cancellation);
        return await request.WriteAsync(sql, cancellation, [viewer.Workspace.Value, .. values]) == 1;
    }

    private async ValueTask<IReadOnlyList<T>> ListAsync<T>(Viewer viewer, string sql, object workspaces, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var request = await RequestBatch.OpenForAsync(database, viewer, cancellation);
        await using var reader = await request.ReadAsync(sql, cancellation, workspaces);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(read(reader));
        return rows;
    }
}
