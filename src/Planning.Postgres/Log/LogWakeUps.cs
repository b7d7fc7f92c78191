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

    private readonly PlanningDatabase _database;
    private readonly EventLogOptions _options;
    private readonly CommitSignal _signal;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _me = Guid.CreateVersion7().ToString("N");
    private readonly bool[] _told;
    private readonly Channel<int> _toTell = Channel.CreateUnbounded<int>(new() { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public LogWakeUps(PlanningDatabase database, int partitions, EventLogOptions options, CommitSignal signal, TimeProvider time, ILogger logger)
    {
        (_database, _options, _signal, _time, _logger) = (database, options, signal, time, logger);
        _told = new bool[partitions];
        Array.Fill(_told, true);
        signal.CommittedHere += CommittedHere;
        _running = Task.WhenAll(Task.Run(TellAsync), Task.Run(ListenAsync), Task.Run(PollAsync));
    }

    public async ValueTask DisposeAsync()
    {
        _signal.CommittedHere -= CommittedHere;
        _toTell.Writer.TryComplete();
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private void CommittedHere(int partition)
    {
        if (Interlocked.Exchange(ref _told[partition], false))
            _toTell.Writer.TryWrite(partition);
    }

    private Task TellAsync() => UntilStoppedAsync(async stop =>
    {
        await foreach (var partition in _toTell.Reader.ReadAllAsync(stop))
        {
            // Commits from here on are told of once more; those before are covered by this one.
            Volatile.Write(ref _told[partition], true);
            await _database.Login.WriteAsync(NotifySql, stop, _me, partition);
            await Task.Delay(_options.NotifyInterval, _time, stop);
        }
    });

    private Task ListenAsync() => UntilStoppedAsync(async stop =>
    {
        await using var connection = await _database.Login.OpenConnectionAsync(stop);
        connection.Notification += (_, told) => Heard(told.Payload);
        await using (var listen = new NpgsqlCommand("listen planning_log", connection))
            await listen.ExecuteNonQueryAsync(stop);
        // What was told while nobody listened.
        for (var partition = 0; partition < _told.Length; partition++)
            _signal.Elsewhere(partition);
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
        using var timer = new PeriodicTimer(_options.PollInterval, _time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            await using var command = _database.Consumer.CreateCommand(HeadsSql);
            await using var reader = await command.ExecuteReaderAsync(stop);
            while (await reader.ReadAsync(stop))
                _signal.HeadSeen(reader.GetInt32(0), reader.GetInt64(1));
        }
    });

    private void Heard(string payload)
    {
        var parts = payload.Split(' ');
        if (parts is [var teller, var number]
            && teller != _me
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            && partition < _told.Length)
            _signal.Elsewhere(partition);
    }

    /// <summary>Runs a loop again after each failure of the database; the poll covers what is missed in between.</summary>
    private async Task UntilStoppedAsync(Func<CancellationToken, Task> loop)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await loop(_stop.Token);
                return;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogInterrupted(failure);
            }
            try
            {
                await Task.Delay(_options.ReconnectPause, _time, _stop.Token);
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
