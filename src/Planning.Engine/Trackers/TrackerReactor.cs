using Planning.Domain;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Engine.Reactors;

namespace Planning.Engine.Trackers;

/// <summary>
/// Something has happened to a refresh → its item in one tracker shows it. Each tracker has a reactor of its own: one that is
/// away holds up no other, and one that is new begins at the log's beginning and takes up what is not over.
/// </summary>
public sealed class TrackerReactor(ITracker tracker, TrackerUpdates updates) : IReactor
{
    public static IEnumerable<IReactor> Each(IEnumerable<ITracker> trackers, IEntityHost host, ITrackerLinks links, TimeProvider time) =>
        trackers.Select(tracker => new TrackerReactor(tracker, new TrackerUpdates(host, links, time)));

    public string Name { get; } = $"tracker-{tracker.Id}";

    public IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "REFRESH_REQUESTED", "REFRESH_REJECTED", "REFRESH_APPROVED", "REFRESH_APPROVAL_UNDONE", "REFRESH_CONFLICTS_ACCEPTED", "REFRESH_EDITED", "REFRESH_MOVED",
        "REFRESH_SCHEDULED", "REFRESH_UNSCHEDULED", "REFRESH_STARTED", "REFRESH_COMPLETED", "REFRESH_FAILED", "REFRESH_ROLLED_BACK", "REFRESH_CANCELLED",
    };

    public async Task ReactAsync(StoredEvent happened, CancellationToken cancellation)
    {
        if (happened.Entity.Workspace != tracker.Workspace)
            return;
        var reason = await updates.BringUpAsync(tracker, new RefreshId(happened.Entity.Id), happened.Version, note: null, cancellation) switch
        {
            TrackerAnswer.NotNow not => not.Reason,
            TrackerAnswer.Unknown unknown => unknown.Reason,
            TrackerAnswer.Refused refused => refused.Reason,
            _ => null,
        };
        if (reason is not null)
            throw new ReactionFailedException($"{tracker.Id}: {reason}");
    }
}
