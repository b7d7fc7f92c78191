using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.Json;
using Planning.Engine.Reads;

namespace Planning.Postgres.Reads;

/// <summary>The statements of a calendar with the filters that are given, and how their rows are read.</summary>
internal sealed class CalendarQuery
{
    internal static readonly ListSql CalendarSql = new("reads/calendar");
    internal static readonly ListSql MaintenanceSql = new("reads/list_maintenance");
    internal static readonly string MarkSql = SqlFile.Read("reads/calendar_mark");

    private static readonly WireNames<CalendarKind> Kinds = new(kind => Snake.Case(kind.ToString()));

    private readonly List<string> filters = [];
    private readonly List<NpgsqlParameter> parameters = [];

    private CalendarQuery(Viewer viewer, CalendarFilter filter)
    {
        Set("workspace", viewer.Workspace.Value);
        if (filter.EnvironmentId is { } environment)
            Where("environment", environment.Value);
        if (filter.Group is { } group)
            Where("group", group);
    }

    public string Statement(ListSql sql) => sql.With(filters);

    public object[] Values => [.. parameters];

    public static CalendarQuery OfEntries(Viewer viewer, CalendarFilter filter, CalendarPlace? after, int limit)
    {
        var query = new CalendarQuery(viewer, filter);
        query.Set("from", filter.Range.From.UtcDateTime);
        query.Set("to", filter.Range.To.UtcDateTime);
        query.Set("earliest", (filter.Range.From - CalendarRows.Longest).UtcDateTime);
        query.Set("limit", limit);
        if (filter.Status is { } status)
            query.Where("status", WireNames.RefreshStatus.Of(status));
        if (!filter.Takes(CalendarKind.Booking))
            query.filters.Add("no_bookings");
        if (!filter.Takes(CalendarKind.Refresh))
            query.filters.Add("no_refreshes");
        if (after is { } place)
        {
            query.Where("after", place.At.UtcDateTime);
            query.Set("after_id", place.Id);
        }
        return query;
    }

    public static CalendarQuery OfMaintenance(Viewer viewer, CalendarFilter filter) => new(viewer, filter);

    /// <summary>Each row has the mark, and there is one row at least.</summary>
    public static async ValueTask<CalendarSlice> ReadEntriesAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var (entries, mark) = (ImmutableArray.CreateBuilder<CalendarEntry>(), 0L);
        while (await reader.ReadAsync(cancellation))
        {
            mark = reader.GetInt64(0);
            if (!reader.IsDBNull(1))
                entries.Add(Entry(reader));
        }
        return new CalendarSlice(entries.ToImmutable(), mark);
    }

    public static MaintenanceRow Maintenance(NpgsqlDataReader row) =>
        new(new(row.GetString(0)), row.GetString(1), row.GetString(2), JsonSerializer.Deserialize<ImmutableArray<MaintenanceWindow>>(row.GetString(3), PlanningJson.Options));

    public static string MaintenanceJson(ImmutableArray<MaintenanceWindow> windows) => windows.IsEmpty ? "[]" : JsonSerializer.Serialize(windows, PlanningJson.Options);

    private static CalendarEntry Entry(NpgsqlDataReader row) => new(
        Id: row.GetString(1),
        Kind: Kinds.Parse(row.GetString(2)),
        Window: new(row.GetFieldValue<DateTimeOffset>(3), row.GetFieldValue<DateTimeOffset>(4)),
        EnvironmentId: new EnvironmentId(row.GetString(5)),
        Environment: Text(row, 11),
        Type: row.GetString(6),
        Status: Text(row, 7),
        By: new PersonId(row.GetString(8)),
        Text: Text(row, 9),
        ChangedAt: row.GetFieldValue<DateTimeOffset>(10));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private void Where(string filter, object value)
    {
        filters.Add(filter);
        Set(filter, value);
    }

    private void Set(string name, object value) => parameters.Add(new NpgsqlParameter(name, value));
}
