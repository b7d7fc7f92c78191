using Microsoft.Extensions.Logging;
using Planning.Engine.Leases;
using Planning.Engine.Log;

namespace Planning.Engine.Pump;

/// <summary>How the pump reads and waits.</summary>
public sealed record PumpOptions
{
    /// <summary>
    /// Events handed to a consumer at once, at most. One that keeps up gets small batches; one that is behind gets large
    /// ones, in which many events of an entity cost one write. After a failure the batch is halved. Default 20,000.
    /// </summary>
    public int MaxBatch { get; init; } = 20_000;

    /// <summary>How long the pump waits for a wake-up before it looks by itself. Default 1 second.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>First pause after a failed batch; doubles up to <see cref="MaxBackoff"/>. Default 100 ms.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause between two tries. Default 10 seconds.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        MaxBatch < 1 ? $"{nameof(MaxBatch)} is {MaxBatch}; it must be at least 1."
        : PollInterval <= TimeSpan.Zero ? $"{nameof(PollInterval)} must be positive."
        : Backoff <= TimeSpan.Zero || MaxBackoff < Backoff ? $"{nameof(Backoff)} must be positive and {nameof(MaxBackoff)} no shorter."
        : null;
}

/// <summary>
/// Carries committed events to every consumer, each at its own pace and from its own stored position.
/// Runs only under the lease; the next holder goes on from the positions.
/// </summary>
public sealed partial class EventPump(
    IEventLog log, IReadOnlyList<IEventConsumer> consumers, RecentEvents recent, IConsumerPositions positions, PumpOptions options, TimeProvider time, ILogger<EventPump> logger) : ILeasedWork
{
    private readonly PumpProgress progress = new(consumers.Select(c => c.Name), positions, time);

    /// <summary>How far each consumer is; reads that name a position wait here.</summary>
    public PumpProgress Progress => progress;

    /// <summary>Runs every consumer until cancelled; one that finds another holder of the lease ends the run.</summary>
    public async Task RunAsync(long leaseEpoch, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = (
            from consumer in consumers
            from partition in Enumerable.Range(0, log.PartitionCount)
            select ConsumeAsync(consumer, partition, leaseEpoch, stop.Token)).ToArray();
        await Task.WhenAny(running);
        await stop.CancelAsync();
        await Task.WhenAll(running);
    }

    private async Task ConsumeAsync(IEventConsumer consumer, int partition, long epoch, CancellationToken cancellation)
    {
        var backoff = options.Backoff;
        var most = options.MaxBatch;
        long? position = null;
        var look = true;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                position ??= await consumer.PositionAsync(partition, cancellation);
                var events = await recent.ReadAsync(partition, position.Value, most, look, cancellation);
                if (events.Count == 0)
                {
                    progress.Reached(consumer.Name, partition, position.Value);
                    look = await recent.WaitBeyondAsync(partition, position.Value, options.PollInterval, cancellation);
                    continue;
                }
                var batch = new EventBatch(partition, position.Value, events, epoch);
                await consumer.HandleAsync(batch, cancellation);
                position = batch.Last;
                progress.Reached(consumer.Name, partition, batch.Last);
                backoff = options.Backoff;
                most = Math.Min(options.MaxBatch, most * 2);
            }
            catch (Exception e) when (e is not (OperationCanceledException or LeaseLostException))
            {
                // What breaks because it is told to stop has not failed.
                cancellation.ThrowIfCancellationRequested();
                Failed(logger, consumer.Name, partition, position ?? -1, backoff, e);
                // A batch that is too large to be done in time must not come again as it was.
                (position, look, most) = (null, true, Math.Max(1, most / 2));
                await Task.Delay(backoff, time, cancellation);
                backoff = TimeSpan.FromTicks(Math.Min(backoff.Ticks * 2, options.MaxBackoff.Ticks));
            }
        }
    }

    [LoggerMessage(EventId = 1203, Level = LogLevel.Error, Message = "Consumer {Consumer} failed on partition {Partition} after position {Position}; next try in {Backoff}")]
    private static partial void Failed(ILogger logger, string consumer, int partition, long position, TimeSpan backoff, Exception e);
}
