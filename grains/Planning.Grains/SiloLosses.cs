namespace Planning.Grains;

/// <summary>
/// Tells the calls under way that a silo is gone. A client of the cluster does not learn which silo a call waits for: the one
/// that it gave the call to may have passed it on. Nor do all learn of a loss at once: a call that was made again on the first
/// word may have gone through one that still took the silo for alive, so the word is given once more when all must know.
/// </summary>
public sealed class SiloLosses : IDisposable
{
    private readonly TimeSpan settled;
    private readonly ITimer again;
    private CancellationTokenSource next = new();

    /// <param name="settled">After so long no process of the cluster takes a lost silo for alive.</param>
    public SiloLosses(TimeSpan settled, TimeProvider time)
    {
        this.settled = settled;
        again = time.CreateTimer(_ => TellOnce(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled at the next loss.</summary>
    public CancellationToken Next => Volatile.Read(ref next).Token;

    public void Tell()
    {
        TellOnce();
        again.Change(settled, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        again.Dispose();
        next.Dispose();
    }

    private void TellOnce() => Interlocked.Exchange(ref next, new CancellationTokenSource()).CancelAsync().Ignore();
}
