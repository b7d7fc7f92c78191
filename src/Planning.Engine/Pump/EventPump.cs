using Microsoft.Extensions.Logging;
using Planning.Engine.Leases;
using Planning.Engine.Log;

namespace Planning.Engine.Pump;

/// <summary>How the pump reads and waits.</summary>
public sealed record PumpOptions
{
    /// <summary>Events handed to a consumer at once, at most. Default 2,000.</summary>
    public int MaxBatch { get; init; } = 2_000;

    /// <summary>How long the pump waits for a wake-up before it looks by itself. Default 1 second.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>First pause after a failed batch; doubles up to <see cref="MaxBackoff"/>. Default 100 ms.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Default 10 seconds.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>
/// Carries committed events to every consumer, each at its own pace and from its own stored position.
/// Runs only under the lease; when that is lost, everything stops and the next holder goes on from the positions.
/// </summary>
public sealed partial class EventPump(
    IEventLog log, ILease lease, IReadOnlyList<IEventConsumer> consumers, RecentEvents recent, PumpOptions options, TimeProvider time, ILogger<EventPump> logger)
{
    private readonly PumpProgress progress = new(consumers.Select(c => c.Name));

    /// <summary>How far each consumer is; reads that name a position wait here.</summary>
    public PumpProgress Progress => progress;

    /// <summary>Runs until cancelled: waits for the lease, pumps while it is held, waits again.</summary>
    public async Task RunAsync(string holder, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var held = await lease.AcquireAsync(holder, cancellation);
            Acquired(logger, holder, held.Epoch);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, held.Lost);
            try
            {
                await Task.WhenAll(
                    from consumer in consumers
                    from partition in Enumerable.Range(0, log.PartitionCount)
                    select ConsumeAsync(consumer, partition, held.Epoch, stop));
            }
            catch (OperationCanceledException)
            {
                // Stopped, or another holder has taken over; the loop's head tells which.
            }
            finally
            {
                await held.ReleaseAsync();
            }
        }
    }

    private async Task ConsumeAsync(IEventConsumer consumer, int partition, long epoch, CancellationTokenSource stop)
    {
        var backoff = options.Backoff;
        long? position = null;
        var look = true;
        while (true)
        {
            stop.Token.ThrowIfCancellationRequested();
            try
            {
                position ??= await consumer.PositionAsync(partition, stop.Token);
                var events = await recent.ReadAsync(partition, position.Value, options.MaxBatch, look, stop.Token);
                if (events.Count == 0)
                {
                    progress.Reached(consumer.Name, partition, position.Value);
                    look = await recent.WaitBeyondAsync(partition, position.Value, options.PollInterval, stop.Token);
                    continue;
                }
                var batch = new EventBatch(partition, position.Value, events, epoch);
                await consumer.HandleAsync(batch, stop.Token);
                position = batch.Last;
                progress.Reached(consumer.Name, partition, batch.Last);
                backoff = options.Backoff;
            }
            catch (LeaseLostException e)
            {
                Superseded(logger, consumer.Name, e.Message);
                await stop.CancelAsync();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(logger, consumer.Name, partition, position ?? -1, backoff, e);
                (position, look) = (null, true);
                await Task.Delay(backoff, time, stop.Token);
                backoff = TimeSpan.FromTicks(Math.Min(backoff.Ticks * 2, options.MaxBackoff.Ticks));
            }
        }
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Information, Message = "{Holder} runs the event pump under lease epoch {Epoch}")]
    private static partial void Acquired(ILogger logger, string holder, long epoch);

    [LoggerMessage(EventId = 1202, Level = LogLevel.Warning, Message = "Consumer {Consumer} found another holder of the lease: {Reason}")]
    private static partial void Superseded(ILogger logger, string consumer, string reason);

    [LoggerMessage(EventId = 1203, Level = LogLevel.Error, Message = "Consumer {Consumer} failed on partition {Partition} after position {Position}; next try in {Backoff}")]
    private static partial void Failed(ILogger logger, string consumer, int partition, long position, TimeSpan backoff, Exception e);
}
