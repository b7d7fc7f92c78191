using Planning.Domain;
using Planning.Engine.Gates.Kept;

namespace Planning.Postgres.Gates;

/// <summary>Results in the table gate_result, seen as a request of their workspace.</summary>
public sealed class PostgresGateResults(PlanningDatabase database) : IGateResults
{
    private static readonly string FindSql = SqlFile.Read("gates/find_result");
    private static readonly string KeepSql = SqlFile.Read("gates/keep_result");
    private static readonly string DropSql = SqlFile.Read("gates/drop_results");

    public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(WorkspaceId workspace, string key, DateTimeOffset notBefore, CancellationToken cancellation)
    {
        await using var request = await RequestBatch.OpenAsync(database, workspace, cancellation);
        await using var row = await request.ReadAsync(FindSql, cancellation, workspace.Value, Convert.FromHexString(key), notBefore);
        return await row.ReadAsync(cancellation) ? row.GetFieldValue<byte[]>(0) : (ReadOnlyMemory<byte>?)null;
    }

    public async ValueTask KeepAsync(WorkspaceId workspace, KeptResult result, CancellationToken cancellation)
    {
        await using var request = await RequestBatch.OpenAsync(database, workspace, cancellation);
        await request.WriteAsync(
            KeepSql, cancellation, workspace.Value, Convert.FromHexString(result.Key), result.Validator, result.Version, result.At, result.Findings);
    }

    public async ValueTask<int> DropAsync(WorkspaceId workspace, KeptBounds bounds, CancellationToken cancellation)
    {
        await using var request = await RequestBatch.OpenAsync(database, workspace, cancellation);
        return await request.WriteAsync(
            DropSql, cancellation, workspace.Value, bounds.NotBefore, bounds.MaxBytes, bounds.Versions.Keys.ToArray(), bounds.Versions.Values.ToArray());
    }
}
