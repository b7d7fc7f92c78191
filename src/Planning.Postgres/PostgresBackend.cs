using System.Globalization;
using Microsoft.Extensions.Logging;
using Planning.Engine;
using Planning.Engine.Log;
using Planning.Postgres.Audit;
using Planning.Postgres.Blobs;
using Planning.Postgres.Digests;
using Planning.Postgres.Entities;
using Planning.Postgres.Gates;
using Planning.Postgres.Leases;
using Planning.Postgres.Log;
using Planning.Postgres.Migrations;
using Planning.Postgres.Notifications;
using Planning.Postgres.People;
using Planning.Postgres.Pump;
using Planning.Postgres.Reads;
using Planning.Postgres.Timers;
using Planning.Postgres.Trackers;

namespace Planning.Postgres;

/// <summary>Every port on one database.</summary>
public sealed class PostgresBackend : IAsyncDisposable
{
    private readonly PlanningDatabase database;
    private readonly PostgresEventLog log;

    private PostgresBackend(PlanningDatabase opened, PostgresEventLog openedLog, Backend backend) =>
        (database, log, Backend) = (opened, openedLog, backend);

    public Backend Backend { get; }

    /// <summary>Opens a database whose schema is at the present version, or at a later one, as while a new release is rolled out.</summary>
    /// <exception cref="ArgumentException">A setting that cannot work.</exception>
    /// <exception cref="LogUnavailableException">The database cannot be reached, or is not migrated.</exception>
    public static async Task<PostgresBackend> OpenAsync(
        DatabaseOptions options, EventLogOptions logOptions, LeaseOptions leaseOptions, ReadModelOptions readOptions,
        TimeProvider time, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var db = new PlanningDatabase(options);
        try
        {
            var events = await PostgresEventLog.OpenAsync(db, logOptions, time, loggers.CreateLogger<PostgresEventLog>(), cancellation);
            await CheckVersionAsync(db, cancellation);
            return new PostgresBackend(db, events, new Backend(
                events,
                new PostgresBlobStore(db),
                new PostgresSnapshotStore(db),
                new PostgresTimerStore(db),
                new PostgresLease(db, leaseOptions, time, loggers.CreateLogger<PostgresLease>()),
                new PostgresConsumerPositions(db),
                new PostgresDirectory(db),
                new PostgresReadModels(db),
                new PostgresDigestStore(db),
                new PostgresSecurityAudit(db),
                new PostgresNotificationStore(db, loggers.CreateLogger<PostgresNotificationStore>()),
                new PostgresTrackerLinks(db),
                new PostgresGateResults(db),
                [new ReadModelProjection(db, events, readOptions, loggers.CreateLogger<ReadModelProjection>())]));
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    private static async Task CheckVersionAsync(PlanningDatabase db, CancellationToken cancellation)
    {
        var version = Convert.ToInt32(await db.Login.ScalarAsync(SqlFile.Read("log/schema_version"), cancellation), CultureInfo.InvariantCulture);
        if (version < Migration.All.Count)
            throw new LogUnavailableException($"The database's schema is at version {version}; this release needs {Migration.All.Count}. Run `planning migrate` of this release first.");
    }

    public async ValueTask DisposeAsync()
    {
        await log.DisposeAsync();
        await database.DisposeAsync();
    }
}
