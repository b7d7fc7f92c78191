using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine.Log;
using Planning.Engine.Reads;

namespace Planning.Postgres.Reads;

/// <summary>Rows that the events of trees change in a batch, each once, as the last event leaves it and since the first.</summary>
internal sealed class EnvironmentChanges
{
    private readonly Dictionary<(WorkspaceId, EnvironmentId), RowChange.OfEnvironment> environments = [];
    private readonly Dictionary<(WorkspaceId, BookingId), RowChange.OfBooking> bookings = [];

    public IEnumerable<RowChange> All => [.. environments.Values, .. bookings.Values];

    public void Add(StoredEvent stored, EnvironmentEvent happened, EnvironmentTree before, EnvironmentTree after)
    {
        var workspace = stored.Entity.Workspace;
        foreach (var row in EnvironmentRows.OfEnvironments(new EnvironmentTreeId(stored.Entity.Id), after, happened, stored.At))
        {
            var maintenance = after.Find(row.Id)!.MaintenanceWindows;
            environments[(workspace, row.Id)] = environments.TryGetValue((workspace, row.Id), out var old)
                ? old with { Last = stored, Row = row with { CreatedAt = old.Row.CreatedAt }, Maintenance = maintenance }
                : new RowChange.OfEnvironment(stored, row, maintenance, stored.Position);
        }
        if (EnvironmentRows.OfBooking(before, happened, stored.At) is { } booking)
        {
            bookings[(workspace, booking.Id)] = bookings.TryGetValue((workspace, booking.Id), out var old)
                ? old with { Last = stored, Row = booking with { CreatedAt = old.Row.CreatedAt } }
                : new RowChange.OfBooking(stored, booking, stored.Position);
        }
    }
}
