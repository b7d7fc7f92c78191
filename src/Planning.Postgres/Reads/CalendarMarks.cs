using Npgsql;
using NpgsqlTypes;
using Planning.Domain;

namespace Planning.Postgres.Reads;

/// <summary>By workspace, the last event of a batch that changes what calendars show: written with the rows, so that nobody sees one without the other.</summary>
internal sealed class CalendarMarks
{
    private static readonly string SaveMarksSql = SqlFile.Read("reads/save_calendar_marks");

    private readonly Dictionary<WorkspaceId, long> positions = [];

    public void Add(RowChange change)
    {
        if (change is RowChange.OfEnvironment or RowChange.OfBooking or RowChange.OfRefresh)
            positions[change.Workspace] = Math.Max(change.Last.Position, positions.GetValueOrDefault(change.Workspace));
    }

    public void AddTo(NpgsqlBatch batch)
    {
        var marks = new Columns<KeyValuePair<WorkspaceId, long>>(SaveMarksSql).Text(m => m.Key.Value).Column(NpgsqlDbType.Bigint, m => m.Value);
        // In one order, so that two holders of the lease never wait for each other in a circle.
        foreach (var mark in positions.OrderBy(m => m.Key.Value, StringComparer.Ordinal))
            marks.Add(mark);
        marks.AddTo(batch);
    }
}
