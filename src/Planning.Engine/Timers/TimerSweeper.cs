using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Planning.Engine.Leases;

namespace Planning.Engine.Timers;

/// <summary>Fires one kind of timer. Firing may happen twice after a crash; the effect is idempotent by the timer's name.</summary>
public interface ITimerHandler
{
    string Kind { get; }

    ValueTask FireAsync(DurableTimer timer, CancellationToken cancellation);
}

/// <summary>How timers are looked for.</summary>
public sealed record TimerOptions
{
    /// <summary>The longest sleep between two looks. Default 1 second.</summary>
    public TimeSpan MaxSleep { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A timer whose firing did not end comes again after this. Default 1 minute.</summary>
    public TimeSpan VisibleAgainAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Timers taken at once; those that fired are removed together, after the last of them. Default 1,000.</summary>
    public int MaxClaimed { get; init; } = 1_000;

    /// <summary>Timers fired at the same time. Default 32.</summary>
    public int MaxConcurrent { get; init; } = 32;

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() =>
        MaxSleep <= TimeSpan.Zero ? $"{nameof(MaxSleep)} must be positive."
        : VisibleAgainAfter <= TimeSpan.Zero ? $"{nameof(VisibleAgainAfter)} must be positive."
        : MaxClaimed < 1 ? $"{nameof(MaxClaimed)} is {MaxClaimed}; it must be at least 1."
        : MaxConcurrent < 1 ? $"{nameof(MaxConcurrent)} is {MaxConcurrent}; it must be at least 1."
        : null;
}

/// <summary>Fires due timers while the lease is held, those that fell due while nothing ran first.</summary>
public sealed partial class TimerSweeper(
    ITimerStore timers, IReadOnlyList<ITimerHandler> handlers, TimerOptions options, TimeProvider time, ILogger<TimerSweeper> logger) : ILeasedWork
{
    public async Task RunAsync(long leaseEpoch, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var due = await timers.ClaimDueAsync(time.GetUtcNow(), options.MaxClaimed, options.VisibleAgainAfter, leaseEpoch, cancellation);
                if (due.Count > 0)
                    await FireAsync(due, cancellation);
                if (due.Count < options.MaxClaimed)
                    await SleepAsync(cancellation);
            }
            catch (Exception e) when (e is not (OperationCanceledException or LeaseLostException))
            {
                NotSwept(logger, e);
                await Task.Delay(options.MaxSleep, time, cancellation);
            }
        }
    }

    private async Task SleepAsync(CancellationToken cancellation)
    {
        var next = await timers.NextDueAsync(cancellation);
        var sleep = next is { } at ? at - time.GetUtcNow() : options.MaxSleep;
        if (sleep > TimeSpan.Zero)
            await Task.Delay(sleep < options.MaxSleep ? sleep : options.MaxSleep, time, cancellation);
    }

    /// <summary>What fired is removed also when the sweeper is told to stop meanwhile: it need not fire again elsewhere.</summary>
    private async Task FireAsync(IReadOnlyList<DurableTimer> due, CancellationToken cancellation)
    {
        var fired = new ConcurrentBag<DurableTimer>();
        try
        {
            var atOnce = new ParallelOptions { MaxDegreeOfParallelism = options.MaxConcurrent, CancellationToken = cancellation };
            await Parallel.ForEachAsync(due, atOnce, async (timer, stop) =>
            {
                if (await FireAsync(timer, stop))
                    fired.Add(timer);
            });
        }
        finally
        {
            if (!fired.IsEmpty)
                await timers.CompleteAsync(fired.ToArray(), CancellationToken.None);
        }
    }

    /// <returns>Whether it need not come again.</returns>
    private async ValueTask<bool> FireAsync(DurableTimer timer, CancellationToken cancellation)
    {
        try
        {
            var handler = handlers.FirstOrDefault(h => h.Kind == timer.Kind)
                ?? throw new InvalidOperationException($"No handler for timers of the kind {timer.Kind}; a later release may have set it.");
            await handler.FireAsync(timer, cancellation);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NotFired(logger, timer.Name, timer.Attempt, e);
            return false;
        }
    }

    [LoggerMessage(EventId = 1401, Level = LogLevel.Error, Message = "Timer {Name} could not be fired, attempt {Attempt}; it comes again")]
    private static partial void NotFired(ILogger logger, string name, int attempt, Exception e);

    [LoggerMessage(EventId = 1402, Level = LogLevel.Error, Message = "Due timers could not be looked for")]
    private static partial void NotSwept(ILogger logger, Exception e);
}
