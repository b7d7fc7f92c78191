using Planning.Engine.Log;

namespace Planning.Engine.Workspaces;

/// <summary>How far a follower is, and by which way the events came to it.</summary>
/// <param name="Begun">Read from the log until it had caught up for the first time.</param>
/// <param name="Streamed">Came by stream after that.</param>
/// <param name="Read">Had to be read from the log after that.</param>
/// <param name="Checksum">Over the positions in the order in which they were applied: equal for equal histories.</param>
/// <param name="DelayP50Ms">From the decision that an event records until it was applied, of the last ones after it had caught up.</param>
public sealed record FollowerStatus(long Position, bool CaughtUp, long Begun, long Streamed, long Read, ulong Checksum, double? DelayP50Ms, double? DelayP99Ms)
{
    public long Events => Begun + Streamed + Read;

    /// <summary>What a follower has that applied these, in this order.</summary>
    public static ulong ChecksumOf(IEnumerable<long> positions) => FollowerCount.Checksum(positions);
}

/// <summary>Counts what a follower applies.</summary>
internal sealed class FollowerCount(TimeProvider time)
{
    private const int Delays = 10_000;

    /// <summary>FNV-1a's, over whole positions.</summary>
    private const ulong ChecksumStart = 14695981039346656037, ChecksumFactor = 1099511628211;

    private readonly double[] delaysMs = new double[Delays];
    private long delays;
    private long begun, streamed, read;
    private ulong checksum = ChecksumStart;

    public static ulong Checksum(IEnumerable<long> positions) => positions.Aggregate(ChecksumStart, Next);

    public void Restart() => (begun, streamed, read, checksum, delays) = (0, 0, 0, ChecksumStart, 0);

    public void Begun(StoredEvent happened) => Note(happened, ref begun);

    public void Streamed(StoredEvent happened)
    {
        Note(happened, ref streamed);
        Delayed(happened);
    }

    public void Read(StoredEvent happened)
    {
        Note(happened, ref read);
        Delayed(happened);
    }

    public FollowerStatus Status(long position, bool caughtUp)
    {
        var seen = delaysMs.AsSpan(0, (int)Math.Min(delays, Delays)).ToArray();
        Array.Sort(seen);
        return new(position, caughtUp, begun, streamed, read, checksum, At(seen, 0.5), At(seen, 0.99));
    }

    private static double? At(double[] sorted, double share) => sorted.Length == 0 ? null : sorted[(int)(share * (sorted.Length - 1))];

    private static ulong Next(ulong checksum, long position) => unchecked((checksum ^ (ulong)position) * ChecksumFactor);

    private void Note(StoredEvent happened, ref long counter)
    {
        counter++;
        checksum = Next(checksum, happened.Position);
    }

    private void Delayed(StoredEvent happened) => delaysMs[delays++ % Delays] = (time.GetUtcNow() - happened.At).TotalMilliseconds;
}
