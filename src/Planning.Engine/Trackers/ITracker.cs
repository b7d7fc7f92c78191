using Planning.Domain;
using Planning.Domain.Refreshes;

namespace Planning.Engine.Trackers;

/// <summary>
/// An external system in which people follow work: Jira, ServiceNow. An adapter speaks its language, and no word of that
/// language comes any further. What can be expected to fail is an answer, not an exception.
/// </summary>
public interface ITracker
{
    TrackerId Id { get; }

    /// <summary>Whose refreshes it follows.</summary>
    WorkspaceId Workspace { get; }

    /// <summary>How long one call may take in all; whoever has begun an item has made it, or never will, once this is over.</summary>
    TimeSpan Timeout { get; }

    /// <summary>Looks for the item of a refresh by the mark that every item of ours bears.</summary>
    /// <returns><see cref="TrackerAnswer.Done"/>, with no item where there is none.</returns>
    ValueTask<TrackerAnswer> FindAsync(RefreshId refresh, CancellationToken cancellation);

    /// <summary>Makes an item, marked as that of the refresh.</summary>
    ValueTask<TrackerAnswer> CreateAsync(TrackedRefresh refresh, CancellationToken cancellation);

    /// <summary>Makes an item show the refresh as it is, its status included. Doing it again changes nothing, except that a note is left again.</summary>
    /// <param name="note">A sentence for those who follow the item; null for none.</param>
    ValueTask<TrackerAnswer> UpdateAsync(TrackedItem item, TrackedRefresh refresh, string? note, CancellationToken cancellation);

    /// <summary>What a message from it says, once it is known to come from it. Pure: nothing is asked, nothing is kept.</summary>
    TrackerReading Read(TrackerDelivery delivery, DateTimeOffset now);
}

/// <summary>What became of one call of a tracker.</summary>
public abstract record TrackerAnswer
{
    private TrackerAnswer() { }

    /// <param name="Item">The one it was about; null when a search has found none.</param>
    public sealed record Done(TrackedItem? Item) : TrackerAnswer;

    /// <summary>Not done, and worth another try: no connection, or the tracker is overloaded.</summary>
    public sealed record NotNow(string Reason) : TrackerAnswer;

    /// <summary>It may be done or not: the connection or the time ended before the answer came.</summary>
    public sealed record Unknown(string Reason) : TrackerAnswer;

    /// <summary>Not done, and sending the same again will not help before somebody has changed something on either side.</summary>
    public sealed record Refused(string Reason) : TrackerAnswer;
}
