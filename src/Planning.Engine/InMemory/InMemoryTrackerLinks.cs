using Planning.Domain;
using Planning.Domain.Refreshes;
using Planning.Engine.Trackers;

namespace Planning.Engine.InMemory;

/// <summary>Links in a dictionary.</summary>
public sealed class InMemoryTrackerLinks : ITrackerLinks
{
    private readonly Lock gate = new();
    private readonly Dictionary<(WorkspaceId, TrackerId, RefreshId), TrackerLink> links = [];

    public ValueTask<TrackerLink?> FindAsync(WorkspaceId workspace, TrackerId tracker, RefreshId refresh, CancellationToken cancellation)
    {
        lock (gate)
            return new(links.GetValueOrDefault((workspace, tracker, refresh)));
    }

    public ValueTask<TrackerLink?> FindByItemAsync(WorkspaceId workspace, TrackerId tracker, string itemId, CancellationToken cancellation)
    {
        lock (gate)
            return new(OfItem(workspace, tracker, itemId));
    }

    public ValueTask<bool> SaveAsync(TrackerLink link, CancellationToken cancellation)
    {
        lock (gate)
        {
            var key = (link.Workspace, link.Tracker, link.Refresh);
            var stored = links.GetValueOrDefault(key)?.Revision ?? 0;
            if (stored != link.Revision || (link.Item is { } item && OfItem(link.Workspace, link.Tracker, item.Id) is { } other && other.Refresh != link.Refresh))
                return new(false);
            links[key] = link with { Revision = stored + 1 };
            return new(true);
        }
    }

    private TrackerLink? OfItem(WorkspaceId workspace, TrackerId tracker, string itemId) =>
        links.Values.FirstOrDefault(l => l.Workspace == workspace && l.Tracker == tracker && l.Item?.Id == itemId);
}
