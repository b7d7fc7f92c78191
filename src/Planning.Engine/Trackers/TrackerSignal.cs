using Planning.Domain;

namespace Planning.Engine.Trackers;

/// <summary>A message as a tracker has sent it.</summary>
/// <param name="Header">Of a header's name in any case; null where it is not there.</param>
/// <param name="Body">The bytes as received: what was signed.</param>
public sealed record TrackerDelivery(Func<string, string?> Header, ReadOnlyMemory<byte> Body);

/// <summary>What somebody in a tracker can want of a refresh. Everything else is asked of the backend itself.</summary>
public enum TrackerWish
{
    Approve = 1,
    Reject,
    Cancel,
}

/// <summary>What somebody has done to an item, in our terms.</summary>
/// <param name="Delivery">The same whenever this change is told again.</param>
/// <param name="ItemId">See <see cref="TrackedItem.Id"/>.</param>
/// <param name="Revision">Grows with each change of the item: what comes with a smaller one is overtaken.</param>
/// <param name="Wish">Null when the change means nothing for a refresh, such as one of our own: it counts for the order alone.</param>
/// <param name="Account">Who did it, as the tracker names them.</param>
/// <param name="By">Which person that is; null when nobody has said so.</param>
/// <param name="Told">One sentence: what was done. The reason of a rejection or a cancellation.</param>
public sealed record TrackerSignal(string Delivery, string ItemId, long Revision, TrackerWish? Wish, string Account, PersonId? By, string Told);

/// <summary>What a message was found to be.</summary>
public abstract record TrackerReading
{
    private TrackerReading() { }

    public sealed record Heard(TrackerSignal Signal) : TrackerReading;

    /// <summary>From the tracker, and of no concern.</summary>
    public sealed record Ignored(string Reason) : TrackerReading;

    /// <summary>Not known to come from the tracker, too old, or not readable.</summary>
    public sealed record Refused(Rejection Rejection) : TrackerReading;
}
