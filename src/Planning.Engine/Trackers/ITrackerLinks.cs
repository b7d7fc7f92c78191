using Planning.Domain;
using Planning.Domain.Refreshes;

namespace Planning.Engine.Trackers;

/// <summary>Keeps which item stands for which refresh. One item stands for one refresh.</summary>
public interface ITrackerLinks
{
    ValueTask<TrackerLink?> FindAsync(WorkspaceId workspace, TrackerId tracker, RefreshId refresh, CancellationToken cancellation);

    ValueTask<TrackerLink?> FindByItemAsync(WorkspaceId workspace, TrackerId tracker, string itemId, CancellationToken cancellation);

    /// <summary>Stores a link under the next revision.</summary>
    /// <returns>False when another was stored since this one was read, or when its item stands for another refresh.</returns>
    ValueTask<bool> SaveAsync(TrackerLink link, CancellationToken cancellation);
}

public static class TrackerLinkChanges
{
    private const int MaxAttempts = 10;

    /// <summary>Reads a link, or begins one, and stores what a change makes of it; again when another was faster.</summary>
    /// <param name="change">Null to leave it as it is.</param>
    /// <returns>The link as it is stored now; null when the change did not want it.</returns>
    /// <exception cref="TrackerLinkException">Others keep changing it, or its item stands for another refresh.</exception>
    public static async ValueTask<TrackerLink?> ChangeAsync(this ITrackerLinks links, TrackerLink of, Func<TrackerLink, TrackerLink?> change, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var present = await links.FindAsync(of.Workspace, of.Tracker, of.Refresh, cancellation) ?? new TrackerLink(of.Workspace, of.Tracker, of.Refresh);
            if (change(present) is not { } changed)
                return null;
            if (await links.SaveAsync(changed, cancellation))
                return changed with { Revision = changed.Revision + 1 };
        }
        throw new TrackerLinkException($"The link of {of.Refresh} to {of.Tracker} could not be stored: others keep changing it, or its item stands for another refresh.");
    }
}

/// <summary>A link that could not be stored.</summary>
public sealed class TrackerLinkException : Exception
{
    public TrackerLinkException() { }
    public TrackerLinkException(string message) : base(message) { }
    public TrackerLinkException(string message, Exception inner) : base(message, inner) { }
}
