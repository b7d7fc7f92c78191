using Microsoft.Extensions.Logging;

namespace Planning.Postgres.Private;

/// <summary>
/// A PostgreSQL of our own, in a data folder, that stops when this is disposed and whose data stay.
/// If it dies it is restarted in place, under the same connection string. If this process is killed it survives,
/// and the next <see cref="StartAsync"/> on the folder adopts it. Take the folder's <see cref="HolderLock"/> first.
/// </summary>
public sealed partial class PrivatePostgres : IAsyncDisposable
{
    private readonly PrivatePostgresOptions _options;
    private readonly PostgresSupervisor _supervisor;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger _logger;
    private int _disposed;

    private PrivatePostgres(PrivatePostgresOptions options, string connectionString, PostgresSupervisor supervisor, ILogger logger)
    {
        (_options, ConnectionString, _supervisor, _logger) = (options, connectionString, supervisor, logger);
        Adopted = supervisor.Current.Adopted;
        _supervisor.Restarted = processId => Restarted?.Invoke(this, new PostgresRestartedEventArgs(processId));
        AppDomain.CurrentDomain.ProcessExit += StopWithProcess;
        Exited = _supervisor.RunAsync(_stopping.Token);
    }

    /// <summary>For Npgsql, as the superuser, to the database of the options; it stays the same across restarts.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether the server was found running, left over by a process that was killed.</summary>
    public bool Adopted { get; }

    /// <summary>The server's process, at this moment.</summary>
    public int ProcessId => _supervisor.Current.ProcessId;

    /// <summary>
    /// Completes when the server is down for good: without error after <see cref="DisposeAsync"/>,
    /// with a <see cref="PrivatePostgresException"/> when it could not be kept up.
    /// </summary>
    public Task Exited { get; }

    /// <summary>Raised after the server was gone unasked and is ready again.</summary>
    public event EventHandler<PostgresRestartedEventArgs>? Restarted;

    /// <summary>Adopts or starts the server, creating the cluster and the database where there are none.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="PostgresNotInstalledException">No usable PostgreSQL is installed.</exception>
    /// <exception cref="DataFolderUnusableException">The folder cannot be used.</exception>
    /// <exception cref="PostgresStartException">The server did not become ready.</exception>
    public static async Task<PrivatePostgres> StartAsync(
        PrivatePostgresOptions options, ILogger logger, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (OperatingSystem.IsWindows())
            throw new PrivatePostgresException("A private PostgreSQL needs Linux or macOS; on Windows connect to one with --database.");
        var time = timeProvider ?? TimeProvider.System;
        var layout = new DataFolderLayout(options.DataFolder);

        // :: Step 1: which PostgreSQL, as whom
        var binaries = await PostgresBinaries.FindAsync(options.BinaryFolders, layout, cancellationToken);
        var runAs = await RunAs.ChooseAsync(layout, cancellationToken);

        // :: Step 2: the folder, and a cluster in it
        await layout.PrepareAsync(runAs, cancellationToken);
        if (!layout.HasCluster)
            await ClusterInit.CreateAsync(options, binaries, layout, runAs, cancellationToken);

        // :: Step 3: the server
        var settings = PostgresSettings.Of(options, layout);
        var server = new PostgresServer(options, layout, runAs, PostgresSettings.CommandLine(binaries, layout, settings), logger, time);
        var postmaster = await server.AdoptOrStartAsync(cancellationToken);

        // :: Step 4: the database
        try
        {
            var login = await PostgresLogin.CreateAsync(options, layout, settings["port"], cancellationToken);
            await login.EnsureDatabaseAsync(cancellationToken);
            var supervisor = new PostgresSupervisor(options, layout, server, postmaster, logger, time);
            return new PrivatePostgres(options, login.ConnectionString, supervisor, logger);
        }
        catch
        {
            await postmaster.StopAsync(options.StopTimeout);
            throw;
        }
    }

    /// <summary>Stops a server that outlived its process, without adopting it.</summary>
    /// <returns>False when none runs on that folder.</returns>
    public static async Task<bool> StopLeftOverAsync(string dataFolder, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var layout = new DataFolderLayout(dataFolder);
        if (PostmasterPid.Read(layout.PidFile) is not { } found || !await found.IsServingAsync(layout, cancellationToken))
            return false;
        await new Postmaster(found.ProcessId, adopted: true, TimeProvider.System).StopAsync(timeout);
        return true;
    }

    /// <summary>Shuts the server down, ending all connections, and returns when it is gone. The data stay.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        AppDomain.CurrentDomain.ProcessExit -= StopWithProcess;
        await _stopping.CancelAsync();
        await Exited.ContinueWith(_ => { }, TaskScheduler.Default);
        if (!await _supervisor.Current.StopAsync(_options.StopTimeout))
            LogEnded(_logger, _options.StopTimeout.TotalSeconds);
        _stopping.Dispose();
    }

    // A process that ends in good order without disposing takes the server along; it needs no waiting for.
    private void StopWithProcess(object? sender, EventArgs args) => _supervisor.Current.RequestStop();

    [LoggerMessage(2121, LogLevel.Warning, "PostgreSQL did not shut down within {StopTimeoutSeconds} s and was ended; it will recover at the next start")]
    private static partial void LogEnded(ILogger logger, double stopTimeoutSeconds);
}

/// <summary>A restart in place.</summary>
public sealed class PostgresRestartedEventArgs(int processId) : EventArgs
{
    /// <summary>The new process.</summary>
    public int ProcessId { get; } = processId;
}
