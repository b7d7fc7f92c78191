using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Planning.Postgres.Log;

/// <summary>
/// Wake-ups between processes. After commits a NOTIFY goes out over a connection of its own, many commits in one:
/// inside the append it would put all commits of the database in line. Every process listens, and reads the heads now
/// and then, because a notification can be lost with its connection.
/// </summary>
internal sealed partial class LogWakeUps : IAsyncDisposable
{
    private static readonly string NotifySql = SqlFile.Read("log/notify");
    private static readonly string HeadsSql = SqlFile.Read("log/heads");

    private readonly PlanningDatabase database;
    private readonly EventLogOptions options;
    private readonly CommitSignal signal;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly string me = Guid.CreateVersion7().ToString("N");
    private readonly bool[] told;
    private readonly Channel<int> toTell = Channel.CreateUnbounded<int>(new() { SingleReader = true });
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    public LogWakeUps(PlanningDatabase database, int partitions, EventLogOptions options, CommitSignal signal, TimeProvider time, ILogger logger)
    {
        (this.database, this.options, this.signal, this.time, this.logger) = (database, options, signal, time, logger);
        told = new bool[partitions];
        Array.Fill(told, true);
        signal.CommittedHere += CommittedHere;
        running = Task.WhenAll(Task.Run(TellAsync), Task.Run(ListenAsync), Task.Run(PollAsync));
    }

    public async ValueTask DisposeAsync()
    {
        signal.CommittedHere -= CommittedHere;
        toTell.Writer.TryComplete();
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    private void CommittedHere(int partition)
    {
        if (Interlocked.Exchange(ref told[partition], false))
            toTell.Writer.TryWrite(partition);
    }

    private Task TellAsync() => UntilStoppedAsync(async stop =>
    {
        await foreach (var partition in toTell.Reader.ReadAllAsync(stop))
        {
            // Commits from here on are told of once more; those before are covered by this one.
            Volatile.Write(ref told[partition], true);
            await database.Login.WriteAsync(NotifySql, stop, me, partition);
            await Task.Delay(options.NotifyInterval, time, stop);
        }
    });

    private Task ListenAsync() => UntilStoppedAsync(async stop =>
    {
        await using var connection = await database.Login.OpenConnectionAsync(stop);
        connection.Notification += (_, told) => Heard(told.Payload);
        await using (var listen = new NpgsqlCommand("listen planning_log", connection))
            await listen.ExecuteNonQueryAsync(stop);
        // What was told while nobody listened.
        for (var partition = 0; partition < told.Length; partition++)
            signal.Elsewhere(partition);
        try
        {
            while (true)
                await connection.WaitAsync(stop);
        }
        finally
        {
            // A connection that listens must not come back from the pool.
            NpgsqlConnection.ClearPool(connection);
        }
    });

    private Task PollAsync() => UntilStoppedAsync(async stop =>
    {
        using var timer = new PeriodicTimer(options.PollInterval, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            await using var command = database.Consumer.CreateCommand(HeadsSql);
            await using var reader = await command.ExecuteReaderAsync(stop);
            while (await reader.ReadAsync(stop))
                signal.HeadSeen(reader.GetInt32(0), reader.GetInt64(1));
        }
    });

    private void Heard(string payload)
    {
        var parts = payload.Split(' ');
        if (parts is [var teller, var number]
            && teller != me
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            && partition < told.Length)
            signal.Elsewhere(partition);
    }

    /// <summary>Runs a loop again after each failure of the database; the poll covers what is missed in between.</summary>
    private async Task UntilStoppedAsync(Func<CancellationToken, Task> loop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await loop(stop.Token);
                return;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogInterrupted(failure);
            }
            try
            {
                await Task.Delay(options.ReconnectPause, time, stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(2020, LogLevel.Warning, "Wake-ups between processes are interrupted; events arrive with the poll until the database is back")]
    private partial void LogInterrupted(Exception failure);
}
