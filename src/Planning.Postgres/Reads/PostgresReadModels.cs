using System.Collections.Immutable;
using Npgsql;
using Planning.Domain;
using Planning.Engine.Log;
using Planning.Engine.Reads;

namespace Planning.Postgres.Reads;

/// <summary>Lists and searches as the request role, each in one round trip.</summary>
public sealed partial class PostgresReadModels(PlanningDatabase database) : IReadModels
{
    internal static readonly ListSql PlansSql = new("reads/list_plans");
    private static readonly ListSql GateRunsSql = new("reads/list_gate_runs");
    private static readonly ListSql ManifestsSql = new("reads/list_manifests");
    private static readonly ListSql CyclesSql = new("reads/list_cycles");
    private static readonly ListSql EnvironmentsSql = new("reads/list_environments");
    private static readonly ListSql BookingsSql = new("reads/list_bookings");
    internal static readonly ListSql RefreshesSql = new("reads/list_refreshes");
    internal static readonly ListSql RefreshRunsSql = new("reads/list_refresh_runs");
    private static readonly string CountPendingApprovalsSql = SqlFile.Read("reads/count_pending_approvals");
    private static readonly string OpenPlansSql = SqlFile.Read("reads/open_plans");
    private static readonly string PresentCycleSql = SqlFile.Read("reads/present_cycle");
    private static readonly string LastExecutedSql = SqlFile.Read("reads/last_executed");

    public ValueTask<Page<PlanRow>> ListPlansAsync(WorkspaceId workspace, PlanFilter filter, PageRequest page, CancellationToken cancellation) =>
        ListAsync(PlanQuery.For(workspace, filter, page), PlansSql, Rows.Plan, cancellation);

    public ValueTask<Page<GateRunRow>> ListGateRunsAsync(WorkspaceId workspace, PlanId? plan, PageRequest page, CancellationToken cancellation)
    {
        var query = new ListQuery(workspace, ListNames.GateRuns(plan), page);
        if (plan is { } id)
            query.Where("plan", id.Value);
        return ListAsync(query, GateRunsSql, Rows.GateRun, cancellation);
    }

    public ValueTask<Page<ManifestRow>> ListManifestsAsync(WorkspaceId workspace, PlanId? plan, PageRequest page, CancellationToken cancellation)
    {
        var query = new ListQuery(workspace, ListNames.Manifests(plan), page);
        if (plan is { } id)
            query.Where("plan", id.Value);
        return ListAsync(query, ManifestsSql, Rows.Manifest, cancellation);
    }

    public ValueTask<Page<CycleRow>> ListCyclesAsync(WorkspaceId workspace, bool? open, PageRequest page, CancellationToken cancellation)
    {
        var query = new ListQuery(workspace, ListNames.Cycles(open), page);
        if (open is { } value)
            query.Where("open", value);
        return ListAsync(query, CyclesSql, Rows.Cycle, cancellation);
    }

    public ValueTask<Page<EnvironmentRow>> ListEnvironmentsAsync(Viewer viewer, EnvironmentFilter filter, PageRequest page, CancellationToken cancellation) =>
        ListAsync(EnvironmentQueries.For(viewer, filter, page), EnvironmentsSql, Rows.Environment, cancellation);

    public ValueTask<Page<BookingRow>> ListBookingsAsync(Viewer viewer, BookingFilter filter, PageRequest page, CancellationToken cancellation) =>
        ListAsync(EnvironmentQueries.For(viewer, filter, page), BookingsSql, Rows.Booking, cancellation);

    public ValueTask<Page<RefreshRow>> ListRefreshesAsync(Viewer viewer, RefreshFilter filter, PageRequest page, CancellationToken cancellation) =>
        ListAsync(RefreshQueries.For(viewer, filter, page), RefreshesSql, Rows.Refresh, cancellation);

    public ValueTask<Page<RefreshRunRow>> ListRefreshRunsAsync(Viewer viewer, RefreshRunFilter filter, PageRequest page, CancellationToken cancellation) =>
        ListAsync(RefreshQueries.For(viewer, filter, page), RefreshRunsSql, Rows.RefreshRun, cancellation);

    /// <summary>Asked by the process for itself, not for a request.</summary>
    public async ValueTask<long> CountPendingApprovalsAsync(CancellationToken cancellation)
    {
        try
        {
            return (long)(await database.Consumer.ScalarAsync(CountPendingApprovalsSql, cancellation))!;
        }
        catch (NpgsqlException failure)
        {
            throw Unavailable(failure);
        }
    }

    public async ValueTask<ImmutableArray<PlanId>> OpenPlansAsync(WorkspaceId workspace, CycleId cycle, CancellationToken cancellation) =>
        [.. (await IdsAsync(workspace, OpenPlansSql, cancellation, workspace.Value, cycle.Value)).Select(id => new PlanId(id))];

    public async ValueTask<CycleId?> PresentCycleAsync(WorkspaceId workspace, CancellationToken cancellation) =>
        await IdsAsync(workspace, PresentCycleSql, cancellation, workspace.Value) is [var id] ? new CycleId(id) : null;

    public async ValueTask<PlanId?> LastExecutedAsync(WorkspaceId workspace, string stream, PlanId except, CancellationToken cancellation) =>
        await IdsAsync(workspace, LastExecutedSql, cancellation, workspace.Value, stream, except.Value) is [var id] ? new PlanId(id) : null;

    private async ValueTask<Page<TRow>> ListAsync<TRow>(ListQuery query, ListSql sql, Func<NpgsqlDataReader, TRow> row, CancellationToken cancellation)
    {
        try
        {
            return await query.ReadAsync(database, sql, row, cancellation);
        }
        catch (NpgsqlException failure)
        {
            throw Unavailable(failure);
        }
    }

    private async ValueTask<List<string>> IdsAsync(WorkspaceId workspace, string sql, CancellationToken cancellation, params object[] values)
    {
        try
        {
            await using var request = await RequestBatch.OpenAsync(database, workspace, cancellation);
            await using var reader = await request.ReadAsync(sql, cancellation, values);
            var ids = new List<string>();
            while (await reader.ReadAsync(cancellation))
                ids.Add(reader.GetString(0));
            return ids;
        }
        catch (NpgsqlException failure)
        {
            throw Unavailable(failure);
        }
    }

    private static LogUnavailableException Unavailable(NpgsqlException failure) => new($"The read models cannot be read: {failure.Message}", failure);
}
