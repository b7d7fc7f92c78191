using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using Planning.Domain;
using Planning.Engine.Log;
using Planning.Engine.Reads;

namespace Planning.Postgres.Reads;

/// <summary>The rows of many changes as few statements, one for each table, sent in one round trip.</summary>
internal sealed class RowStatements
{
    private static readonly string StartGateRunsSql = SqlFile.Read("reads/save_gate_runs");
    private static readonly string EndGateRunsSql = SqlFile.Read("reads/end_gate_runs");
    private static readonly string SaveManifestsSql = SqlFile.Read("reads/save_manifests");
    private static readonly string SaveCyclesSql = SqlFile.Read("reads/save_cycles");
    private static readonly string SaveEnvironmentsSql = SqlFile.Read("reads/save_environments");
    private static readonly string SaveBookingsSql = SqlFile.Read("reads/save_bookings");
    private static readonly string SaveRefreshesSql = SqlFile.Read("reads/save_refreshes");
    private static readonly string SaveRefreshRunsSql = SqlFile.Read("reads/save_refresh_runs");
    private static readonly string ParkSql = SqlFile.Read("pump/park");

    private readonly PlanStatements plans = new();

    private readonly Columns<RowChange.GateRunStarted> started = new Columns<RowChange.GateRunStarted>(StartGateRunsSql)
        .Text(r => r.Workspace.Value)
        .Text(r => r.Row.Id.Value)
        .Text(r => r.Row.PlanId.Value)
        .Text(r => r.Row.Gate)
        .Text(r => WireNames.Trigger.Of(r.Row.Trigger))
        .Column(NpgsqlDbType.Bigint, r => r.Last.Position)
        .Time(r => r.Row.StartedAt);

    private readonly Columns<RowChange.GateRunEnded> ended = new Columns<RowChange.GateRunEnded>(EndGateRunsSql)
        .Text(r => r.Workspace.Value)
        .Text(r => r.Last.Entity.Id)
        .Text(r => r.Outcome)
        .Column(NpgsqlDbType.Integer, r => r.FindingCount)
        .Time(r => r.Last.At);

    private readonly Columns<RowChange.OfManifest> manifests = new Columns<RowChange.OfManifest>(SaveManifestsSql)
        .Text(m => m.Workspace.Value)
        .Text(m => m.Row.Id.Value)
        .Text(m => m.Row.PlanId.Value)
        .Column(NpgsqlDbType.Integer, m => m.Row.Number)
        .Text(m => m.Row.Digest.Value)
        .Column(NpgsqlDbType.Integer, m => m.Row.Signatures)
        .Column(NpgsqlDbType.Boolean, m => m.Row.Sealed)
        .Text(m => m.Row.Supersedes?.Value)
        .Column(NpgsqlDbType.Bigint, m => m.Fold.CreatedPosition)
        .Time(m => m.Row.CreatedAt)
        .Time(m => m.Row.SealedAt);

    private readonly Columns<RowChange.OfCycle> cycles = new Columns<RowChange.OfCycle>(SaveCyclesSql)
        .Text(c => c.Workspace.Value)
        .Text(c => c.Row.Id.Value)
        .Text(c => c.Row.Name)
        .Column(NpgsqlDbType.Date, c => c.Row.StartsOn)
        .Column(NpgsqlDbType.Date, c => c.Row.EndsOn)
        .Column(NpgsqlDbType.Boolean, c => c.Row.Open)
        .Text(c => c.Row.NextCycle?.Value)
        .Column(NpgsqlDbType.Bigint, c => c.Fold.CreatedPosition)
        .Time(c => c.Row.OpenedAt)
        .Time(c => c.Row.ClosedAt);

    private readonly Columns<RowChange.OfEnvironment> environments = new Columns<RowChange.OfEnvironment>(SaveEnvironmentsSql)
        .Text(e => e.Workspace.Value)
        .Text(e => e.Row.Id.Value)
        .Text(e => e.Row.Tree.Value)
        .Text(e => e.Row.Name)
        .Text(e => e.Row.Parent?.Value)
        .Text(e => e.Row.OwnerGroup)
        .Text(e => ArrayText.Of(e.Row.UserGroups))
        .Text(e => e.Row.ZoneId)
        .Column(NpgsqlDbType.Boolean, e => e.Row.Retired)
        .Column(NpgsqlDbType.Bigint, e => e.CreatedPosition)
        .Time(e => e.Row.CreatedAt)
        .Column(NpgsqlDbType.Jsonb, e => CalendarQuery.MaintenanceJson(e.Maintenance));

    private readonly Columns<RowChange.OfBooking> bookings = new Columns<RowChange.OfBooking>(SaveBookingsSql)
        .Text(b => b.Workspace.Value)
        .Text(b => b.Row.Id.Value)
        .Text(b => b.Row.EnvironmentId.Value)
        .Text(b => WireNames.Mode.Of(b.Row.Mode))
        .Time(b => b.Row.Window.From)
        .Time(b => b.Row.Window.To)
        .Text(b => b.Row.By.Value)
        .Text(b => b.Row.PlanId?.Value)
        .Text(b => b.Row.Release)
        .Text(b => b.Row.Purpose)
        .Column(NpgsqlDbType.Boolean, b => b.Row.Cancelled)
        .Column(NpgsqlDbType.Bigint, b => b.CreatedPosition)
        .Time(b => b.Row.CreatedAt);

    private readonly Columns<RowChange.OfRefresh> refreshes = new Columns<RowChange.OfRefresh>(SaveRefreshesSql)
        .Text(r => r.Workspace.Value)
        .Text(r => r.Row.Id.Value)
        .Text(r => r.Row.EnvironmentId.Value)
        .Text(r => r.Row.Type)
        .Text(r => WireNames.Level.Of(r.Row.Level))
        .Text(r => WireNames.RefreshStatus.Of(r.Row.Status))
        .Time(r => r.Row.Window.From)
        .Time(r => r.Row.Window.To)
        .Text(r => r.Row.RequestedBy.Value)
        .Text(r => r.Row.Reason)
        .Text(r => ArrayText.Of(r.Row.NotifyGroups))
        .Time(r => r.Row.RequestedAt)
        .Column(NpgsqlDbType.Bigint, r => r.Fold.CreatedPosition)
        .Time(r => r.Row.CreatedAt)
        .Time(r => r.Row.UpdatedAt);

    private readonly Columns<RowChange.RefreshRan> refreshRuns = new Columns<RowChange.RefreshRan>(SaveRefreshRunsSql)
        .Text(r => r.Workspace.Value)
        .Text(r => r.Row.RefreshId.Value)
        .Column(NpgsqlDbType.Integer, r => r.Row.Number)
        .Text(r => r.Row.EnvironmentId.Value)
        .Text(r => r.Row.Type)
        .Text(r => WireNames.Outcome.Of(r.Row.Outcome))
        .Time(r => r.Row.StartedAt)
        .Time(r => r.Row.EndedAt)
        .Text(r => r.Row.By.Value)
        .Text(r => r.Row.Note)
        .Column(NpgsqlDbType.Bigint, r => r.Last.Position);

    private readonly CalendarMarks marks = new();
    private readonly List<NpgsqlBatchCommand> parks = [];

    public RowStatements(IEnumerable<RowChange> changes)
    {
        foreach (var change in changes)
            Add(change);
    }

    public void Park(string consumer, StoredEvent poison, string reason)
    {
        var park = new NpgsqlBatchCommand(ParkSql);
        park.AddValues([
            consumer, poison.Partition, poison.Position, poison.Entity.Workspace.Value, (short)poison.Entity.Kind, poison.Entity.Id, poison.EventId, reason,
        ]);
        parks.Add(park);
    }

    public async Task ExecuteAsync(NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        started.AddTo(batch);
        plans.AddTo(batch);
        manifests.AddTo(batch);
        cycles.AddTo(batch);
        environments.AddTo(batch);
        bookings.AddTo(batch);
        refreshes.AddTo(batch);
        refreshRuns.AddTo(batch);
        ended.AddTo(batch);
        marks.AddTo(batch);
        parks.ForEach(batch.BatchCommands.Add);
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellation);
        plans.CheckWritten();
    }

    private void Add(RowChange change)
    {
        marks.Add(change);
        switch (change)
        {
            case RowChange.GateRunStarted run:
                started.Add(run);
                break;
            case RowChange.OfPlan plan:
                plans.Add(plan);
                break;
            case RowChange.OfManifest manifest:
                manifests.Add(manifest);
                break;
            case RowChange.OfCycle cycle:
                cycles.Add(cycle);
                break;
            case RowChange.OfEnvironment environment:
                environments.Add(environment);
                break;
            case RowChange.OfBooking booking:
                bookings.Add(booking);
                break;
            case RowChange.OfRefresh refresh:
                refreshes.Add(refresh);
                break;
            case RowChange.RefreshRan run:
                refreshRuns.Add(run);
                break;
            case RowChange.GateRunEnded run:
                ended.Add(run);
                break;
            default:
                throw new UnreachableException($"There is no table for {change.GetType().Name}.");
        }
    }
}
