using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Engine.Entities;
using Planning.Engine.Environments;

namespace Planning.Engine.Trackers;

/// <summary>
/// Makes the item of a refresh show what the refresh is now, and makes the item first where there is none:
/// <list type="number">
/// <item>nothing to do? the item shows that version already, or the refresh is a draft, or was over before anybody could follow it</item>
/// <item>take the link: one at a time is at an item, whatever process it runs in</item>
/// <item>find the item by its mark, or make it, and store the link at once; a crash in between leaves the mark</item>
/// <item>show it the refresh as it is by now, store what it shows, and let go</item>
/// </list>
/// What is shown is never an event but the present state, so that it does not matter which event comes late.
/// </summary>
public sealed class TrackerUpdates(IEntityHost host, ITrackerLinks links, TimeProvider time)
{
    /// <summary>
    /// Calls' worth of time that a link stays taken by one who has died, or does not know whether the item was made: three calls, and two more
    /// in which the tracker's search comes to know what was made.
    /// </summary>
    private const int CallsHeld = 5;

    /// <summary>One at a time within this process; the link keeps other processes away.</summary>
    private readonly Turns turns = new();

    /// <param name="version">Of the refresh, that the item must show at least.</param>
    /// <param name="note">A sentence to leave there; it is left also when nothing else is to be done.</param>
    /// <returns><see cref="TrackerAnswer.Done"/> with no item when the refresh wants none.</returns>
    public ValueTask<TrackerAnswer> BringUpAsync(ITracker tracker, RefreshId id, long version, string? note, CancellationToken cancellation) =>
        turns.TakeAsync((tracker.Id, id), () => InTurnAsync(tracker, id, version, note, cancellation), cancellation);

    private async ValueTask<TrackerAnswer> InTurnAsync(ITracker tracker, RefreshId id, long version, string? note, CancellationToken cancellation)
    {
        var key = EntityKey.Of(tracker.Workspace, id);
        var unknown = new TrackerLink(tracker.Workspace, tracker.Id, id);

        // :: Step 1: is there anything to do?
        var link = await links.FindAsync(tracker.Workspace, tracker.Id, id, cancellation) ?? unknown;
        if (note is null && link.ShownVersion >= version)
            return new TrackerAnswer.Done(link.Item);
        var state = await host.ReadAsync(key, cancellation);
        if (state.Version < version)
            return new TrackerAnswer.NotNow($"{key} is known up to version {state.Version} only; version {version} is to be shown.");
        if (link.Item is null && !WantsItem((Refresh)state.State))
            return new TrackerAnswer.Done(null);

        // :: Step 2: one at a time.
        var (me, now) = (Ids.New(""), time.GetUtcNow());
        if (await links.ChangeAsync(unknown, l => l.IsBusyFor(me, now) ? null : l.Take(me, now + (tracker.Timeout * CallsHeld)), cancellation) is not { } taken)
            return new TrackerAnswer.NotNow($"Somebody is at the item of {id} in {tracker.Id}, or was until they died.");

        // As it is by now: what was read before may be older than what another has shown meanwhile.
        state = await host.ReadAsync(key, cancellation);
        var refresh = (Refresh)state.State;
        var tracked = TrackedRefresh.Of(refresh, await NameAsync(tracker.Workspace, refresh.EnvironmentId, cancellation));

        // :: Step 3: the item.
        if (taken.Item is not { } item)
        {
            var made = await tracker.FindAsync(id, cancellation) is var found && found is TrackerAnswer.Done { Item: null } ? await tracker.CreateAsync(tracked, cancellation) : found;
            if (made is not TrackerAnswer.Done { Item: { } at })
                return await EndAsync(taken, made, release: made is not TrackerAnswer.Unknown, cancellation);
            item = at;
            if (await links.ChangeAsync(taken, l => l.BusyWith == me ? l with { Item = item } : null, cancellation) is null)
                return new TrackerAnswer.NotNow($"It took so long to make the item of {id} in {tracker.Id} that another began.");
        }

        // :: Step 4: what it shows.
        var shown = await tracker.UpdateAsync(item, tracked, note, cancellation);
        if (shown is not TrackerAnswer.Done)
            return await EndAsync(taken, shown, release: true, cancellation);
        await links.ChangeAsync(
            taken,
            l => l.BusyWith == me ? l.Release() with { ShownVersion = state.Version, ShownDestroys = refresh.Scope.Destroys } : null,
            cancellation);
        return new TrackerAnswer.Done(item);
    }

    /// <summary>Those that are asked for and not over. One that has an item keeps it to its end.</summary>
    private static bool WantsItem(Refresh refresh) =>
        refresh.Status is not (RefreshStatus.Draft or RefreshStatus.Completed or RefreshStatus.Cancelled or RefreshStatus.RolledBack);

    private async ValueTask<TrackerAnswer> EndAsync(TrackerLink taken, TrackerAnswer answer, bool release, CancellationToken cancellation)
    {
        if (release)
            await links.ChangeAsync(taken, l => l.BusyWith == taken.BusyWith ? l.Release() : null, cancellation);
        return answer;
    }

    private async ValueTask<string> NameAsync(WorkspaceId workspace, EnvironmentId id, CancellationToken cancellation) =>
        await EnvironmentFinder.FindAsync(host, workspace, id.Value, cancellation) is { } place && ((EnvironmentTree)place.State).Find(id) is { } environment
            ? environment.Name
            : id.Value;
}
