using Planning.Domain;
using Planning.Engine.Digests;

namespace Planning.Postgres.Digests;

/// <summary>Digests in the table of that name: written across workspaces, read as a request.</summary>
public sealed class PostgresDigestStore(PlanningDatabase database) : IDigestStore
{
    private static readonly string SaveSql = SqlFile.Read("digests/save");
    private static readonly string FindSql = SqlFile.Read("digests/find");

    public async ValueTask SaveAsync(StoredDigest digest, CancellationToken cancellation) =>
        await database.Consumer.WriteAsync(
            SaveSql, cancellation, digest.Workspace.Value, digest.Cycle.Value, digest.Json.Value, digest.Markdown.Value, digest.Position);

    public async ValueTask<StoredDigest?> FindAsync(WorkspaceId workspace, CycleId cycle, CancellationToken cancellation)
    {
        await using var request = await RequestBatch.OpenAsync(database, workspace, cancellation);
        await using var reader = await request.ReadAsync(FindSql, cancellation, workspace.Value, cycle.Value);
        return await reader.ReadAsync(cancellation)
            ? new StoredDigest(workspace, cycle, new ContentHash(reader.GetString(0)), new ContentHash(reader.GetString(1)), reader.GetInt64(2))
            : null;
    }
}
