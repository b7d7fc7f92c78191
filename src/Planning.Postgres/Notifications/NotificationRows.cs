using Npgsql;
using Planning.Domain;
using Planning.Engine.Notifications;

namespace Planning.Postgres.Notifications;

/// <summary>Rows of the tables of notifications, columns in the order of their queries.</summary>
internal static class NotificationRows
{
    private static readonly Dictionary<string, ChannelKind> Kinds = Enum.GetValues<ChannelKind>().ToDictionary(Name);
    private static readonly Dictionary<string, DeliveryStatus> Statuses = Enum.GetValues<DeliveryStatus>().ToDictionary(Name);

    public static string Name<TEnum>(TEnum value) where TEnum : struct, Enum => Snake.Case(value.ToString());

    public static NotificationTarget Target(NpgsqlDataReader row) => new(
        Workspace: new(row.GetString(0)),
        Id: row.GetString(1),
        Group: row.GetString(2),
        Name: row.GetString(3),
        Kind: Kinds[row.GetString(4)],
        Address: row.GetString(5),
        Secret: Text(row, 6),
        CreatedBy: new(row.GetString(7)),
        CreatedAt: row.GetFieldValue<DateTimeOffset>(8)) { Outage = row.IsDBNull(9) ? null : new Outage(row.GetFieldValue<DateTimeOffset>(9), row.GetString(10)) };

    public static NotificationSubscription Subscription(NpgsqlDataReader row) => new(
        Workspace: new(row.GetString(0)),
        Id: row.GetString(1),
        TargetId: row.GetString(2),
        Group: row.GetString(3),
        Events: row.GetFieldValue<string[]>(4),
        Environments: [.. row.GetFieldValue<string[]>(5).Select(id => new EnvironmentId(id))],
        Groups: row.GetFieldValue<string[]>(6),
        CreatedBy: new(row.GetString(7)),
        CreatedAt: row.GetFieldValue<DateTimeOffset>(8));

    public static QueuedNotification Queued(NpgsqlDataReader row) => new(
        new Notification(
            MessageId: row.GetString(1),
            Workspace: new(row.GetString(0)),
            Topic: row.GetString(5),
            EventType: row.GetString(6),
            OccurredAt: row.GetFieldValue<DateTimeOffset>(7),
            Subject: row.GetString(8),
            Text: row.GetString(9),
            Payload: row.GetFieldValue<byte[]>(10)),
        TargetId: row.GetString(2),
        EventId: row.GetString(3),
        Position: row.GetInt64(4),
        Status: Statuses[row.GetString(11)],
        DueAt: row.GetFieldValue<DateTimeOffset>(12),
        Attempts: row.GetInt32(13),
        FailingSince: row.IsDBNull(14) ? null : row.GetFieldValue<DateTimeOffset>(14),
        LastError: Text(row, 15));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
