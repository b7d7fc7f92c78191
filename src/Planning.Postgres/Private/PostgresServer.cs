using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Planning.Postgres.Private;

/// <summary>Everything needed to bring PostgreSQL up on one prepared data folder, the first time and every time after.</summary>
internal sealed partial class PostgresServer(
    PrivatePostgresOptions options, DataFolderLayout layout, RunAs runAs, IReadOnlyList<string> commandLine, ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>What PostgreSQL says while processes of a killed run are still on their way out.</summary>
    private const string StillInUse = "shared memory block";

    /// <summary>Takes over the server that runs on the folder already, or starts one.</summary>
    public async Task<Postmaster> AdoptOrStartAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var timer = time.CreateTimer(_ => limit.Cancel(), null, options.StartTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            return await AdoptAsync(limit.Token) ?? await StartAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new PostgresStartException(
                $"PostgreSQL in {layout.Root} was not ready within {options.StartTimeout.TotalSeconds:0.#} s. "
                + $"If it is recovering from a crash, allow it more time (StartTimeout). It says:{Environment.NewLine}{ServerLog.LastWords(layout)}");
        }
    }

    private async Task<Postmaster?> AdoptAsync(CancellationToken cancellation)
    {
        if (PostmasterPid.Read(layout.PidFile) is not { } found || !await found.IsServingAsync(layout, cancellation))
            return null;
        var survivor = new Postmaster(found.ProcessId, adopted: true, time);
        if (!PostgresSettings.WereUsed(commandLine, await File.ReadAllTextAsync(layout.StartedWith, cancellation)))
        {
            LogOtherSettings(logger, survivor.ProcessId);
            await survivor.StopAsync(options.StopTimeout);
            return null;
        }
        while (Posix.IsAlive(survivor.ProcessId))
        {
            // It may be about to go, when its own parent was killed in the middle of stopping it.
            if (PostmasterPid.Read(layout.PidFile) is { IsReady: true })
            {
                LogAdopted(logger, survivor.ProcessId);
                return survivor;
            }
            await Task.Delay(Look, time, cancellation);
        }
        return null;
    }

    private async Task<Postmaster> StartAsync(CancellationToken cancellation)
    {
        while (true)
        {
            using var process = Launch();
            var postmaster = await WaitUntilReadyAsync(process, cancellation);
            if (postmaster is not null)
            {
                LogStarted(logger, postmaster.ProcessId);
                return postmaster;
            }
            var words = ServerLog.LastWords(layout);
            if (!words.Contains(StillInUse, StringComparison.Ordinal))
                throw new PostgresStartException($"PostgreSQL in {layout.Root} did not start. It says:{Environment.NewLine}{words}");
            await Task.Delay(options.RestartDelay, time, cancellation);
        }
    }

    private Process Launch()
    {
        // A session of its own keeps Ctrl-C in our terminal from PostgreSQL: we end it, after our own work is done.
        // No pipe of ours leads to it, so it can outlive us, and nobody who reads our output waits for it.
        string[] shell = ["/bin/sh", "-c", $"exec \"$@\" </dev/null >'{layout.StartLog.Replace("'", "'\\''")}' 2>&1", "sh", .. commandLine];
        var start = Command.Describe(runAs.Wrap(Command.Find("setsid") is { } setsid ? [setsid, .. shell] : shell));
        if (PostmasterPid.Read(layout.PidFile) is { } stale)
        {
            // The number in the left-over file may belong to another program by now, and PostgreSQL would take that one for itself.
            // Called the grandparent, the number is ignored, and the check for a shared memory still in use remains.
            start.Environment["PG_GRANDPARENT_PID"] = stale.ProcessId.ToString(CultureInfo.InvariantCulture);
        }
        return Process.Start(start)!;
    }

    /// <returns>Null when the process ended before it was ready.</returns>
    private async Task<Postmaster?> WaitUntilReadyAsync(Process process, CancellationToken cancellation)
    {
        try
        {
            while (!process.HasExited)
            {
                if (PostmasterPid.Read(layout.PidFile) is { IsReady: true } pid && await pid.IsServingAsync(layout, cancellation))
                    return new Postmaster(pid.ProcessId, adopted: false, time);
                await Task.Delay(Look, time, cancellation);
            }
            return null;
        }
        catch (OperationCanceledException)
        {
            // The file may still name a stranger; only a server on our data is meant.
            var server = PostmasterPid.Read(layout.PidFile) is { } pid && await pid.IsServingAsync(layout, CancellationToken.None)
                ? pid.ProcessId
                : process.Id;
            Posix.Signal(server, Posix.ImmediateShutdown);
            await EndAsync(process);
            throw;
        }
    }

    /// <summary>A PostgreSQL that is told to stop in the first moments of its start takes note, starts nevertheless, and does not listen again.</summary>
    private async Task EndAsync(Process process)
    {
        try
        {
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Postmaster.KillAfter, time);
        }
        catch (TimeoutException)
        {
            if (PostmasterPid.Read(layout.PidFile) is { } pid && await pid.IsServingAsync(layout, CancellationToken.None))
                Posix.Signal(pid.ProcessId, Posix.Kill);
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    [LoggerMessage(2101, LogLevel.Information, "PostgreSQL started as process {ProcessId}")]
    private static partial void LogStarted(ILogger logger, int processId);

    [LoggerMessage(2102, LogLevel.Information, "PostgreSQL was running already as process {ProcessId} and is adopted")]
    private static partial void LogAdopted(ILogger logger, int processId);

    [LoggerMessage(2103, LogLevel.Information, "PostgreSQL, process {ProcessId}, runs with other settings and is restarted")]
    private static partial void LogOtherSettings(ILogger logger, int processId);
}
