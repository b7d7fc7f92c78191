using Microsoft.Extensions.Logging;

namespace Planning.Engine.Leases;

/// <summary>What runs in one process at a time: the pump, the timers. Ends when the lease is lost.</summary>
public interface ILeasedWork
{
    Task RunAsync(long leaseEpoch, CancellationToken cancellation);
}

/// <summary>Waits for the lease, runs all leased work while it is held, waits again. A standby stands here.</summary>
public sealed partial class Leadership(ILease lease, string holder, IReadOnlyList<ILeasedWork> works, ILogger<Leadership> logger)
{
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the lease was held for the first time.</summary>
    public Task HeldOnce => first.Task;

    /// <summary>Whether this process holds the lease now.</summary>
    public bool IsHolder { get; private set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var held = await lease.AcquireAsync(holder, cancellation);
            Acquired(logger, holder, held.Epoch);
            IsHolder = true;
            first.TrySetResult();
            try
            {
                await RunAllAsync(held, cancellation);
            }
            finally
            {
                IsHolder = false;
                await held.ReleaseAsync();
            }
        }
    }

    /// <summary>The first work to end ends the others: half of them running is nobody's intention.</summary>
    private async Task RunAllAsync(HeldLease held, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, held.Lost);
        var running = works.Select(w => w.RunAsync(held.Epoch, stop.Token)).ToArray();
        await Task.WhenAny(running);
        await stop.CancelAsync();
        try
        {
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException)
        {
            // The ordinary end.
        }
        catch (LeaseLostException e)
        {
            Superseded(logger, holder, held.Epoch, e.Message);
        }
    }

    [LoggerMessage(EventId = 1501, Level = LogLevel.Information, Message = "{Holder} holds the lease, epoch {Epoch}")]
    private static partial void Acquired(ILogger logger, string holder, long epoch);

    [LoggerMessage(EventId = 1502, Level = LogLevel.Warning, Message = "{Holder} was superseded in lease epoch {Epoch}: {Reason}")]
    private static partial void Superseded(ILogger logger, string holder, long epoch, string reason);
}

/// <summary>Somebody else holds the lease now; stop at once.</summary>
public sealed class LeaseLostException : Exception
{
    public LeaseLostException() { }
    public LeaseLostException(string message) : base(message) { }
    public LeaseLostException(string message, Exception inner) : base(message, inner) { }
}
