using Microsoft.Extensions.Logging;

namespace Planning.Postgres.Private;

/// <summary>Watches the server and, when it is gone unasked, brings it back in place.</summary>
internal sealed partial class PostgresSupervisor(
    PrivatePostgresOptions options, DataFolderLayout layout, PostgresServer server, Postmaster first, ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    public Postmaster Current { get; private set; } = first;

    /// <summary>After each restart, with the new process id.</summary>
    public Action<int>? Restarted { get; set; }

    /// <summary>Ends without error when cancelled.</summary>
    /// <exception cref="PrivatePostgresException">The limit of restarts was reached.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        await using var sweeper = time.CreateTimer(_ => ServerLog.Sweep(layout, options.LogFilesKept), null, TimeSpan.Zero, SweepEvery);
        var restarts = 0;
        try
        {
            while (true)
            {
                var since = time.GetTimestamp();
                await Current.WaitForExitAsync(stopping);
                if (time.GetElapsedTime(since) >= options.StableAfter)
                    restarts = 0;
                LogGone(logger, Current.ProcessId);
                restarts = await RestartAsync(restarts, stopping);
                Restarted?.Invoke(Current.ProcessId);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Whoever cancels stops the server.
        }
    }

    /// <returns>The number of restarts in a row, this one included.</returns>
    private async Task<int> RestartAsync(int restarts, CancellationToken stopping)
    {
        PrivatePostgresException? last = null;
        for (; restarts < options.RestartLimit; restarts++)
        {
            await Task.Delay(DelayBefore(restarts), time, stopping);
            try
            {
                Current = await server.AdoptOrStartAsync(stopping);
                return restarts + 1;
            }
            catch (PrivatePostgresException failure)
            {
                last = failure;
                LogRestartFailed(logger, failure, restarts + 1, options.RestartLimit);
            }
        }
        throw new PostgresStartException(
            $"PostgreSQL in {layout.Root} ended {options.RestartLimit} times in a row (RestartLimit) and is left down. "
            + $"It says:{Environment.NewLine}{ServerLog.LastWords(layout)}",
            last);
    }

    private TimeSpan DelayBefore(int restarts)
    {
        if (restarts == 0)
            return TimeSpan.Zero;
        var doubled = options.RestartDelay * Math.Pow(2, restarts - 1);
        return doubled < options.RestartDelayLimit ? doubled : options.RestartDelayLimit;
    }

    [LoggerMessage(2111, LogLevel.Error, "PostgreSQL, process {ProcessId}, is gone and is started again")]
    private static partial void LogGone(ILogger logger, int processId);

    [LoggerMessage(2112, LogLevel.Error, "Start {Attempt} of at most {RestartLimit} in a row failed")]
    private static partial void LogRestartFailed(ILogger logger, Exception failure, int attempt, int restartLimit);
}
