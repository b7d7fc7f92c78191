namespace Planning.Grains;

/// <summary>
/// Tells the calls under way that a silo is gone. A client of the cluster does not learn which silo a call waits for: the one
/// that it gave the call to may have passed it on.
/// </summary>
public sealed class SiloLosses : IDisposable
{
    private CancellationTokenSource next = new();

    /// <summary>Cancelled at the next loss.</summary>
    public CancellationToken Next => Volatile.Read(ref next).Token;

    public void Tell() => Interlocked.Exchange(ref next, new CancellationTokenSource()).CancelAsync().Ignore();

    public void Dispose() => next.Dispose();
}
