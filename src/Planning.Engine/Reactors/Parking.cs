using System.Text.Json;
using Microsoft.Extensions.Logging;
using Planning.Engine.Json;
using Planning.Engine.Log;
using Planning.Engine.Pump;
using Planning.Engine.Timers;

namespace Planning.Engine.Reactors;

/// <summary>
/// Where events stand that a reactor could not carry on: visible to operators, tried again on a durable timer at
/// growing distances, and never in the way of others.
/// </summary>
public sealed partial class Parking(
    IConsumerPositions positions, ITimerStore timers, IEventLog log, Func<string, IReactor> reactorNamed, TimeProvider time, ILogger<Parking> logger) : ITimerHandler
{
    /// <summary>Waits before each further try; after the last one only an operator helps.</summary>
    public static IReadOnlyList<TimeSpan> Retries { get; } =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(12),
    ];

    public string Kind => "reaction-retry";

    public ValueTask ParkAsync(string reactor, StoredEvent happened, string reason, CancellationToken cancellation) =>
        ParkAsync(new Parked(reactor, happened.Partition, happened.Position, Tries: 0), happened, reason, cancellation);

    public async ValueTask FireAsync(DurableTimer timer, CancellationToken cancellation)
    {
        var parked = JsonSerializer.Deserialize<Parked>(timer.Payload.Span, PlanningJson.Options)!;
        var happened = (await log.ReadAsync(parked.Partition, parked.Position - 1, 1, cancellation))[0];
        try
        {
            await reactorNamed(parked.Reactor).ReactAsync(happened, cancellation);
            await positions.UnparkAsync(parked.Reactor, parked.Partition, parked.Position, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await ParkAsync(parked with { Tries = parked.Tries + 1 }, happened, e.Message, cancellation);
        }
    }

    private async ValueTask ParkAsync(Parked parked, StoredEvent happened, string reason, CancellationToken cancellation)
    {
        PutAside(logger, parked.Reactor, happened.EventId, happened.Entity.ToString(), parked.Tries, reason);
        await positions.ParkAsync(parked.Reactor, happened, reason, cancellation);
        if (parked.Tries >= Retries.Count)
            return;
        // The try is part of the name: completing the timer that fires now must not take the next one with it.
        await timers.ScheduleAsync(
            new DurableTimer(
                happened.Entity.Workspace,
                $"{Kind}/{parked.Reactor}/{happened.EventId}/{parked.Tries}",
                Kind,
                time.GetUtcNow() + Retries[parked.Tries],
                JsonSerializer.SerializeToUtf8Bytes(parked, PlanningJson.Options)),
            cancellation);
    }

    [LoggerMessage(EventId = 1311, Level = LogLevel.Error, Message = "{Reactor} could not carry on event {EventId} of {Entity}; it is parked after {Tries} later tries: {Reason}")]
    private static partial void PutAside(ILogger logger, string reactor, string eventId, string entity, int tries, string reason);

    private sealed record Parked(string Reactor, int Partition, long Position, int Tries);
}
