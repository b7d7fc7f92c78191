using Planning.Domain;
using Planning.Domain.Refreshes;
using Planning.Engine.Trackers;

namespace Planning.Trackers.Tests.Support;

/// <summary>Links whose process dies when the first item is to be stored.</summary>
internal sealed class CrashingLinks(ITrackerLinks links) : ITrackerLinks
{
    private bool crashed;

    public ValueTask<TrackerLink?> FindAsync(WorkspaceId workspace, TrackerId tracker, RefreshId refresh, CancellationToken cancellation) =>
        links.FindAsync(workspace, tracker, refresh, cancellation);

    public ValueTask<TrackerLink?> FindByItemAsync(WorkspaceId workspace, TrackerId tracker, string itemId, CancellationToken cancellation) =>
        links.FindByItemAsync(workspace, tracker, itemId, cancellation);

    public ValueTask<bool> SaveAsync(TrackerLink link, CancellationToken cancellation)
    {
        if (crashed || link.Item is null)
            return links.SaveAsync(link, cancellation);
        crashed = true;
        throw new IOException("The process is gone.");
    }
}
