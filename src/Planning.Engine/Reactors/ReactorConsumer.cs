using Microsoft.Extensions.Logging;
using Planning.Engine.Leases;
using Planning.Engine.Log;
using Planning.Engine.Pump;

namespace Planning.Engine.Reactors;

/// <summary>
/// Runs a reactor's reactions side by side. The stored position is the last one before which everything is done, so
/// that a crash repeats what was under way and skips nothing; a slow reaction holds up the position, not its neighbours.
/// </summary>
public sealed partial class ReactorConsumer(
    IReactor reactor, IConsumerPositions positions, Parking parking, ReactorOptions options, TimeProvider time, ILogger<ReactorConsumer> logger) : IEventConsumer, IDisposable
{
    private readonly Dictionary<int, LowWatermark> marks = [];
    private readonly SemaphoreSlim slots = new(options.MaxConcurrent);

    public string Name => reactor.Name;

    public async ValueTask<long> PositionAsync(int partition, CancellationToken cancellation)
    {
        var stored = await positions.LoadAsync(reactor.Name, partition, cancellation);
        marks[partition] = new LowWatermark(stored, time.GetTimestamp());
        return stored;
    }

    public async ValueTask HandleAsync(EventBatch batch, CancellationToken cancellation)
    {
        var mark = marks[batch.Partition];
        foreach (var happened in batch.Events)
        {
            if (!reactor.Types.Contains(happened.Type))
                continue;
            await slots.WaitAsync(cancellation);
            mark.Begin(happened.Position);
            _ = ReactAsync(happened, mark, batch, cancellation);
        }
        mark.Passed(batch.Last);
        if (mark.Stored != mark.Reachable && (mark.HasDone || time.GetElapsedTime(mark.StoredAt) > options.IdleStoreInterval))
            await StoreAsync(mark, batch, cancellation);
    }

    public void Dispose()
    {
        slots.Dispose();
        foreach (var mark in marks.Values)
            mark.Dispose();
    }

    private async Task ReactAsync(StoredEvent happened, LowWatermark mark, EventBatch batch, CancellationToken cancellation)
    {
        try
        {
            // Off the pump's own thread at once: the first step of a reaction may be long.
            await Task.Yield();
            await TryAsync(happened, cancellation);
            mark.End(happened.Position);
            await StoreAsync(mark, batch, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The lease is gone or the process stops; the position still lies before this event.
        }
        catch (Exception e)
        {
            PositionNotStored(logger, reactor.Name, e);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task TryAsync(StoredEvent happened, CancellationToken cancellation)
    {
        var pause = options.Backoff;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await reactor.ReactAsync(happened, cancellation);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException && attempt < options.MaxAttempts)
            {
                TriedInVain(logger, reactor.Name, happened.EventId, attempt, e);
                await Task.Delay(pause, time, cancellation);
                pause *= 2;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (!await reactor.GiveUpAsync(happened, e, cancellation))
                    await parking.ParkAsync(reactor.Name, happened, e.Message, cancellation);
                return;
            }
        }
    }

    private async Task StoreAsync(LowWatermark mark, EventBatch batch, CancellationToken cancellation)
    {
        await mark.StoreAsync(
            async (from, to) =>
            {
                if (!await positions.AdvanceAsync(reactor.Name, batch.Partition, from, to, batch.LeaseEpoch, cancellation))
                    throw new LeaseLostException($"{reactor.Name} could not move its position from {from}.");
            },
            time,
            cancellation);
    }

    [LoggerMessage(EventId = 1301, Level = LogLevel.Warning, Message = "{Reactor} failed on event {EventId}, try {Attempt}")]
    private static partial void TriedInVain(ILogger logger, string reactor, string eventId, int attempt, Exception e);

    [LoggerMessage(EventId = 1303, Level = LogLevel.Warning, Message = "{Reactor} could not store its position; its last reactions may run again")]
    private static partial void PositionNotStored(ILogger logger, string reactor, Exception e);
}
