using Microsoft.Extensions.Logging;
using Planning.Postgres.Migrations;
using Planning.Postgres.Private;

namespace Planning.Cli.Serve;

/// <summary>Where the database comes from: one that the user names, or a private one that lives and stops with this process.</summary>
internal sealed class DatabaseSource : IAsyncDisposable
{
    private readonly HolderLock? holding;
    private readonly PrivatePostgres? server;

    private DatabaseSource(string connectionString, HolderLock? holding, PrivatePostgres? server) =>
        (ConnectionString, this.holding, this.server) = (connectionString, holding, server);

    public string ConnectionString { get; }

    /// <summary>What became of the private server, for the first line that the user reads.</summary>
    public string Description => server is null ? "your database" : server.Adopted ? "the private PostgreSQL that was still running" : "a private PostgreSQL";

    /// <summary>Ends with an error when the private server could not be kept up; never for a database of the user's own.</summary>
    public Task Lost => server?.Exited ?? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);

    public static async Task<DatabaseSource> OpenAsync(ServeSettings settings, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellation)
    {
        if (!string.IsNullOrWhiteSpace(settings.Database))
        {
            await Migrator.MigrateAsync(settings.Database, cancellation: cancellation);
            return new DatabaseSource(settings.Database, null, null);
        }
        Holder Self() => new(Environment.ProcessId, time.GetUtcNow(), Url: null);
        var folder = Path.GetFullPath(settings.Data);
        var taken = settings.Standby
            ? await HolderLock.WaitAsync(folder, Self, time, cancellation)
            : HolderLock.Acquire(folder, Self());
        try
        {
            var started = await PrivatePostgres.StartAsync(
                new PrivatePostgresOptions { DataFolder = Path.Combine(folder, "postgres"), Settings = settings.Postgres },
                loggers.CreateLogger<PrivatePostgres>(), time, cancellation);
            try
            {
                await Migrator.MigrateAsync(started.ConnectionString, cancellation: cancellation);
                return new DatabaseSource(started.ConnectionString, taken, started);
            }
            catch
            {
                await started.DisposeAsync();
                throw;
            }
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Tells a second process on the same folder where this one serves.</summary>
    public void Announce(string url) => holding?.Announce(holding.Holder with { Url = url });

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        holding?.Dispose();
    }
}
