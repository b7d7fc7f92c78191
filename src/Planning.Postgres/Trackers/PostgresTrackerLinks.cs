using Npgsql;
using NpgsqlTypes;
using Planning.Domain;
using Planning.Domain.Refreshes;
using Planning.Engine.Trackers;
using Planning.Postgres.Reads;

namespace Planning.Postgres.Trackers;

/// <summary>Links in the table tracker_link, seen as a request of their workspace.</summary>
public sealed class PostgresTrackerLinks(PlanningDatabase database) : ITrackerLinks
{
    private static readonly string FindSql = SqlFile.Read("trackers/find_link");
    private static readonly string FindOfItemSql = SqlFile.Read("trackers/find_link_of_item");
    private static readonly string AddSql = SqlFile.Read("trackers/add_link");
    private static readonly string ChangeSql = SqlFile.Read("trackers/change_link");

    public ValueTask<TrackerLink?> FindAsync(WorkspaceId workspace, TrackerId tracker, RefreshId refresh, CancellationToken cancellation) =>
        FindAsync(FindSql, workspace, tracker, refresh.Value, cancellation);

    public ValueTask<TrackerLink?> FindByItemAsync(WorkspaceId workspace, TrackerId tracker, string itemId, CancellationToken cancellation) =>
        FindAsync(FindOfItemSql, workspace, tracker, itemId, cancellation);

    public async ValueTask<bool> SaveAsync(TrackerLink link, CancellationToken cancellation)
    {
        await using var request = await RequestBatch.OpenAsync(database, link.Workspace, cancellation);
        object?[] values =
        [
            link.Workspace.Value, link.Tracker.Value, link.Refresh.Value, Text(link.Item?.Id), Text(link.Item?.Name), link.ShownVersion,
            link.ShownDestroys.Select(WireNames.Asset.Of).ToArray(), Text(link.BusyWith), Statement.Time(link.BusyWith is null ? null : link.BusyUntil),
            link.HeardRevision, Text(link.Begun), link.Ended.ToArray(),
        ];
        try
        {
            return await (link.Revision == 0 ? request.WriteAsync(AddSql, cancellation, values) : request.WriteAsync(ChangeSql, cancellation, [.. values, link.Revision])) == 1;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    private async ValueTask<TrackerLink?> FindAsync(string sql, WorkspaceId workspace, TrackerId tracker, string by, CancellationToken cancellation)
    {
        await using var request = await RequestBatch.OpenAsync(database, workspace, cancellation);
        await using var row = await request.ReadAsync(sql, cancellation, workspace.Value, tracker.Value, by);
        if (!await row.ReadAsync(cancellation))
            return null;
        return new TrackerLink(workspace, tracker, new RefreshId(row.GetString(0)))
        {
            Item = Text(row, 1) is { } item ? new TrackedItem(item, row.GetString(2)) : null,
            ShownVersion = row.GetInt64(3),
            ShownDestroys = [.. row.GetFieldValue<string[]>(4).Select(WireNames.Asset.Parse)],
            BusyWith = Text(row, 5),
            BusyUntil = row.IsDBNull(6) ? default : row.GetFieldValue<DateTimeOffset>(6),
            HeardRevision = row.GetInt64(7),
            Begun = Text(row, 8),
            Ended = [.. row.GetFieldValue<string[]>(9)],
            Revision = row.GetInt64(10),
        };
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>An untyped NULL cannot be told from others.</summary>
    private static NpgsqlParameter Text(string? text) => new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
