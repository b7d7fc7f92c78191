using Npgsql;
using Planning.Domain;
using Planning.Engine.Entities;

namespace Planning.Postgres.Entities;

/// <summary>Snapshots in the table of that name, across workspaces.</summary>
public sealed class PostgresSnapshotStore(PlanningDatabase database) : ISnapshotStore
{
    private static readonly string LoadSql = SqlFile.Read("entities/load_snapshot");
    private static readonly string SaveSql = SqlFile.Read("entities/save_snapshots");

    public async ValueTask<EntitySnapshot?> LoadAsync(EntityKey entity, int foldVersion, CancellationToken cancellation)
    {
        try
        {
            await using var command = database.Consumer.Prepare(LoadSql, entity.Id, entity.Workspace.Value, (short)entity.Kind, foldVersion);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            return await reader.ReadAsync(cancellation)
                ? new(entity, foldVersion, reader.GetInt64(0), reader.GetFieldValue<byte[]>(1))
                : null;
        }
        catch (NpgsqlException failure) when (failure is not PostgresException { InvariantSeverity: "ERROR" })
        {
            // The session is gone or there was none. The log has everything that a snapshot has; if it cannot be read either,
            // it is the one to say so. An ERROR, as of a table that is missing, must not pass in silence.
            return null;
        }
    }

    public async ValueTask SaveAsync(IReadOnlyList<EntitySnapshot> snapshots, CancellationToken cancellation) =>
        await database.Consumer.WriteAsync(
            SaveSql,
            cancellation,
            Column(snapshots, snapshot => snapshot.Entity.Workspace.Value),
            Column(snapshots, snapshot => (short)snapshot.Entity.Kind),
            Column(snapshots, snapshot => snapshot.Entity.Id),
            Column(snapshots, snapshot => snapshot.FoldVersion),
            Column(snapshots, snapshot => snapshot.Version),
            Column(snapshots, snapshot => snapshot.State.ToArray()));

    private static T[] Column<T>(IReadOnlyList<EntitySnapshot> snapshots, Func<EntitySnapshot, T> value) => [.. snapshots.Select(value)];
}
