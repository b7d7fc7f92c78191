using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Engine.Log;
using Planning.Engine.Reads;

namespace Planning.Engine.InMemory;

/// <summary>The calendar: everything is looked at, in the order of a calendar.</summary>
public sealed partial class InMemoryReadModels
{
    private readonly Dictionary<WorkspaceId, long> calendarMarks = [];

    public ValueTask<CalendarSlice> ReadCalendarAsync(Viewer viewer, CalendarFilter filter, CalendarPlace? after, int limit, CancellationToken cancellation)
    {
        lock (gate)
        {
            var seen = Visible(viewer).ToDictionary(e => e.Row.Id, e => e.Row);
            string? Name(EnvironmentId id) => seen.GetValueOrDefault(id)?.Name;
            var booked = Rows(bookings, viewer.Workspace).Select(b => b.Row)
                .Where(b => filter.Takes(CalendarKind.Booking) && !b.Cancelled && (b.By == viewer.Person || seen.ContainsKey(b.EnvironmentId)))
                .Select(b => CalendarRows.Of(b, Name(b.EnvironmentId)));
            var refreshed = VisibleRefreshes(viewer).Select(r => r.Row)
                .Where(r => filter.Takes(CalendarKind.Refresh) && CalendarRows.IsOpen(r.Status) && (filter.Status is null || r.Status == filter.Status))
                .Select(r => CalendarRows.Of(r, Name(r.EnvironmentId)));
            var entries = booked.Concat(refreshed)
                .Where(e => e.Window.Overlaps(filter.Range) && Concerns(filter, e.EnvironmentId!.Value, seen) && (after is not { } place || e.Place > place))
                .OrderBy(e => e.Place).Take(limit);
            return new(new CalendarSlice([.. entries], calendarMarks.GetValueOrDefault(viewer.Workspace)));
        }
    }

    public ValueTask<ImmutableArray<MaintenanceRow>> ListMaintenanceAsync(Viewer viewer, CalendarFilter filter, CancellationToken cancellation)
    {
        var trees = Folds(viewer.Workspace, EntityKind.EnvironmentTree).Select(f => (EnvironmentTree)f.State).ToArray();
        var seen = Visible(viewer).ToDictionary(e => e.Row.Id, e => e.Row);
        return new([
            .. seen.Values.Where(e => !e.Retired && Concerns(filter, e.Id, seen))
                .Select(e => new MaintenanceRow(e.Id, e.Name, e.ZoneId, trees.Select(t => t.Find(e.Id)).FirstOrDefault(found => found is not null)?.MaintenanceWindows ?? []))
                .Where(row => !row.Windows.IsEmpty),
        ]);
    }

    public ValueTask<long> CalendarMarkAsync(WorkspaceId workspace, CancellationToken cancellation)
    {
        lock (gate)
            return new(calendarMarks.GetValueOrDefault(workspace));
    }

    private static bool Concerns(CalendarFilter filter, EnvironmentId environment, Dictionary<EnvironmentId, EnvironmentRow> seen) =>
        (filter.EnvironmentId is null || filter.EnvironmentId == environment)
        && (filter.Group is null || (seen.TryGetValue(environment, out var row) && (row.OwnerGroup == filter.Group || row.UserGroups.Contains(filter.Group))));

    private void MarkCalendar(StoredEvent stored, object happened)
    {
        if (happened is EnvironmentEvent or RefreshEvent)
            calendarMarks[stored.Entity.Workspace] = stored.Position;
    }
}
