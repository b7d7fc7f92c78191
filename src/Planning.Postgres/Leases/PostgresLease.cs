using Microsoft.Extensions.Logging;
using Npgsql;
using Planning.Engine.Leases;

namespace Planning.Postgres.Leases;

/// <summary>The lease's one row, judged by the database's clock.</summary>
public sealed partial class PostgresLease : ILease
{
    private static readonly string AcquireSql = SqlFile.Read("leases/acquire");
    private static readonly string RenewSql = SqlFile.Read("leases/renew");
    private static readonly string ReleaseSql = SqlFile.Read("leases/release");

    private readonly PlanningDatabase database;
    private readonly LeaseOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    public PostgresLease(PlanningDatabase database, LeaseOptions options, TimeProvider time, ILogger<PostgresLease> logger)
    {
        options.Validate();
        (this.database, this.options, this.time, this.logger) = (database, options, time, logger);
    }

    public async ValueTask<HeldLease> AcquireAsync(string holder, CancellationToken cancellation)
    {
        while (true)
        {
            // Counted from before the statement: what this process believes ends no later than what the database says.
            var asked = time.GetTimestamp();
            if (await TryAcquireAsync(holder, cancellation) is { } epoch)
                return Hold(holder, epoch, asked);
            await Task.Delay(options.TryEvery, time, cancellation);
        }
    }

    private async Task<long?> TryAcquireAsync(string holder, CancellationToken cancellation)
    {
        try
        {
            return (long?)await database.Consumer.ScalarAsync(AcquireSql, cancellation, holder, options.Duration);
        }
        catch (NpgsqlException failure)
        {
            LogNotAsked(failure, holder);
            return null;
        }
    }

    private HeldLease Hold(string holder, long epoch, long asked)
    {
        var lost = new CancellationTokenSource(Remaining(asked), time);
        var renewing = RenewAsync(holder, epoch, lost);
        return new(holder, epoch, ReleaseAsync, lost.Token);

        async ValueTask ReleaseAsync()
        {
            await lost.CancelAsync();
            await renewing;
            try
            {
                await database.Consumer.WriteAsync(ReleaseSql, CancellationToken.None, holder, epoch);
            }
            catch (NpgsqlException failure)
            {
                // It runs out by itself.
                LogNotAsked(failure, holder);
            }
        }
    }

    /// <summary>Each renewal winds the token's clock up again; when none succeeds in time, it runs down by itself.</summary>
    private async Task RenewAsync(string holder, long epoch, CancellationTokenSource lost)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.RenewEvery, time, lost.Token);
                var asked = time.GetTimestamp();
                if (await TryRenewAsync(holder, epoch, lost.Token) is not { } renewed)
                    continue;
                if (!renewed)
                {
                    LogTaken(holder, epoch);
                    await lost.CancelAsync();
                    return;
                }
                lost.CancelAfter(Remaining(asked));
            }
        }
        catch (OperationCanceledException)
        {
            LogEnded(holder, epoch);
        }
    }

    /// <returns>False when somebody else has it; null when the database did not answer.</returns>
    private async Task<bool?> TryRenewAsync(string holder, long epoch, CancellationToken lost)
    {
        try
        {
            return await database.Consumer.WriteAsync(RenewSql, lost, holder, epoch, options.Duration) == 1;
        }
        catch (NpgsqlException failure)
        {
            LogNotAsked(failure, holder);
            return null;
        }
    }

    private TimeSpan Remaining(long asked)
    {
        var left = options.Duration - time.GetElapsedTime(asked);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    [LoggerMessage(2101, LogLevel.Warning, "The lease could not be asked for or renewed by {Holder}")]
    private partial void LogNotAsked(Exception failure, string holder);

    [LoggerMessage(2102, LogLevel.Warning, "Somebody else has taken the lease of {Holder}, epoch {Epoch}")]
    private partial void LogTaken(string holder, long epoch);

    [LoggerMessage(2103, LogLevel.Information, "{Holder} no longer holds the lease, epoch {Epoch}")]
    private partial void LogEnded(string holder, long epoch);
}
