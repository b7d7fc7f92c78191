using Microsoft.Extensions.Logging;
using Planning.Engine.Leases;

namespace Planning.Engine.Notifications;

/// <summary>
/// Stores what tries have come to, of all targets together: what gathers while one write is under way goes with the next.
/// What a target has accepted must be stored, or it is sent again: a write that fails is repeated until the lease is lost.
/// </summary>
internal sealed partial class SettlementWriter(INotificationQueue queue, long leaseEpoch, NotificationOptions options, TimeProvider time, ILogger logger)
{
    private readonly Lock gate = new();
    private List<Settlement> gathering = [];
    private Task? writing;

    /// <summary>Ends after the commit.</summary>
    /// <exception cref="LeaseLostException">Another holds the lease.</exception>
    public Task SettleAsync(Settlement settled, CancellationToken leaseLost)
    {
        lock (gate)
        {
            gathering.Add(settled);
            // Whoever comes while a write is about to begin goes with it.
            return gathering.Count > 1 ? writing! : writing = WriteAfterAsync(writing ?? Task.CompletedTask, leaseLost);
        }
    }

    private async Task WriteAfterAsync(Task before, CancellationToken leaseLost)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        List<Settlement> together;
        lock (gate)
            (together, gathering) = (gathering, []);
        while (true)
        {
            try
            {
                await queue.SettleAsync(together, leaseEpoch, CancellationToken.None);
                return;
            }
            catch (Exception e) when (e is not LeaseLostException && !leaseLost.IsCancellationRequested)
            {
                NotStored(logger, together.Count, e);
                await Task.Delay(options.PollInterval, time, leaseLost);
            }
        }
    }

    [LoggerMessage(EventId = 1607, Level = LogLevel.Warning, Message = "What became of {Count} notifications could not be stored; it is tried again")]
    private static partial void NotStored(ILogger logger, int count, Exception e);
}
