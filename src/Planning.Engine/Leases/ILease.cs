namespace Planning.Engine.Leases;

/// <summary>
/// One holder at a time runs the pump and the timer sweeper. Each take-over raises the epoch; every consumer position
/// and timer claim is compared with it, so that a holder that froze and wakes up can do nothing.
/// </summary>
public interface ILease
{
    /// <summary>Waits until the lease is held, keeps renewing it, and returns a token that is cancelled when it is lost.</summary>
    ValueTask<HeldLease> AcquireAsync(string holder, CancellationToken cancellation);
}

/// <param name="Epoch">Raised by one at each take-over.</param>
/// <param name="Lost">Cancelled when the lease was lost or could not be renewed in time.</param>
public sealed record HeldLease(string Holder, long Epoch, Func<ValueTask> ReleaseAsync, CancellationToken Lost);
