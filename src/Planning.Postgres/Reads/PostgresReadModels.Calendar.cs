using System.Collections.Immutable;
using Npgsql;
using Planning.Domain;
using Planning.Engine.Reads;

namespace Planning.Postgres.Reads;

/// <summary>The calendar: entries and mark of one moment in one round trip, the mark alone in a small one.</summary>
public sealed partial class PostgresReadModels
{
    public async ValueTask<CalendarSlice> ReadCalendarAsync(Viewer viewer, CalendarFilter filter, CalendarPlace? after, int limit, CancellationToken cancellation)
    {
        var query = CalendarQuery.OfEntries(viewer, filter, after, limit);
        try
        {
            await using var request = await RequestBatch.OpenForAsync(database, viewer, cancellation);
            await using var reader = await request.ReadAsync(query.Statement(CalendarQuery.CalendarSql), cancellation, query.Values);
            return await CalendarQuery.ReadEntriesAsync(reader, cancellation);
        }
        catch (NpgsqlException failure)
        {
            throw Unavailable(failure);
        }
    }

    public async ValueTask<ImmutableArray<MaintenanceRow>> ListMaintenanceAsync(Viewer viewer, CalendarFilter filter, CancellationToken cancellation)
    {
        var query = CalendarQuery.OfMaintenance(viewer, filter);
        try
        {
            await using var request = await RequestBatch.OpenForAsync(database, viewer, cancellation);
            await using var reader = await request.ReadAsync(query.Statement(CalendarQuery.MaintenanceSql), cancellation, query.Values);
            var rows = ImmutableArray.CreateBuilder<MaintenanceRow>();
            while (await reader.ReadAsync(cancellation))
                rows.Add(CalendarQuery.Maintenance(reader));
            return rows.ToImmutable();
        }
        catch (NpgsqlException failure)
        {
            throw Unavailable(failure);
        }
    }

    public async ValueTask<long> CalendarMarkAsync(WorkspaceId workspace, CancellationToken cancellation)
    {
        try
        {
            await using var request = await RequestBatch.OpenAsync(database, workspace, cancellation);
            await using var reader = await request.ReadAsync(CalendarQuery.MarkSql, cancellation, workspace.Value);
            return await reader.ReadAsync(cancellation) ? reader.GetInt64(0) : 0;
        }
        catch (NpgsqlException failure)
        {
            throw Unavailable(failure);
        }
    }
}
