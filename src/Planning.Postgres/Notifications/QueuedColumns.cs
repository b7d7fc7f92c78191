using System.Text;
using Npgsql;
using NpgsqlTypes;
using Planning.Engine.Notifications;
using Planning.Postgres.Reads;

namespace Planning.Postgres.Notifications;

/// <summary>What a batch tells, as one statement.</summary>
internal static class QueuedColumns
{
    private static readonly string QueueSql = SqlFile.Read("notifications/queue");

    public static async Task InsertAsync(NpgsqlTransaction transaction, IReadOnlyList<QueuedNotification> told, CancellationToken cancellation)
    {
        if (told.Count == 0)
            return;
        var columns = new Columns<QueuedNotification>(QueueSql)
            .Text(row => row.Workspace.Value)
            .Text(row => row.Id)
            .Text(row => row.TargetId)
            .Text(row => row.EventId)
            .Column(NpgsqlDbType.Bigint, row => row.Position)
            .Text(row => row.Notification.Topic)
            .Text(row => row.Notification.EventType)
            .Time(row => row.Notification.OccurredAt)
            .Text(row => row.Notification.Subject)
            .Text(row => row.Notification.Text)
            .Column(NpgsqlDbType.Json, row => Encoding.UTF8.GetString(row.Notification.Payload.Span))
            .Time(row => row.DueAt);
        foreach (var row in told)
            columns.Add(row);
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        columns.AddTo(batch);
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}
