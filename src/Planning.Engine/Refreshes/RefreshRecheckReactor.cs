using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Engine.Entities;
using Planning.Engine.Environments;
using Planning.Engine.Log;
using Planning.Engine.Reactors;
using Planning.Engine.Reads;

namespace Planning.Engine.Refreshes;

/// <summary>
/// Something has changed that a scheduled refresh may now collide with → it is unscheduled, with what stands in its way.
/// <list type="bullet">
/// <item>RULEBOOK_ACTIVATED: every scheduled refresh, against the new calendars.</item>
/// <item>REFRESH_SCHEDULED: that one; the calendars may have been replaced while its slot was looked for.</item>
/// <item>ENVIRONMENT_MOVED, ENVIRONMENT_RECEIVED: those of its new relatives and its own.</item>
/// </list>
/// Bookings need no look: who books meets the slot of the refresh, and is refused.
/// </summary>
/// <param name="listedAsync">Ends when the lists show everything up to a position of a partition.</param>
public sealed class RefreshRecheckReactor(
    IEntityHost host, IRulebooks rulebooks, IReadModels reads, Func<int, long, CancellationToken, Task> listedAsync) : IReactor
{
    private const int PageSize = 200;

    public string Name => "refresh-recheck";

    public IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "RULEBOOK_ACTIVATED", "REFRESH_SCHEDULED", "ENVIRONMENT_MOVED", "ENVIRONMENT_RECEIVED",
    };

    public Task ReactAsync(StoredEvent happened, CancellationToken cancellation) => EventCodec.Decode(happened) switch
    {
        Domain.Rulebooks.RulebookEvent.RulebookActivated => AllAsync(happened, cancellation),
        RefreshEvent.RefreshScheduled => CheckAsync(happened, new RefreshId(happened.Entity.Id), cancellation),
        EnvironmentEvent.EnvironmentMoved e => RelatedAsync(happened, e.EnvironmentId, cancellation),
        EnvironmentEvent.EnvironmentReceived e => RelatedAsync(happened, e.EnvironmentId, cancellation),
        _ => Task.CompletedTask,
    };

    private async Task AllAsync(StoredEvent happened, CancellationToken cancellation)
    {
        await listedAsync(happened.Partition, happened.Position, cancellation);
        var everybody = new Viewer(happened.Entity.Workspace, Actor.System.Id, [], SeesAll: true);
        string? cursor = null;
        do
        {
            var page = await reads.ListRefreshesAsync(everybody, new RefreshFilter(Status: RefreshStatus.Scheduled), new PageRequest(cursor, PageSize), cancellation);
            foreach (var row in page.Items)
                await CheckAsync(happened, row.Id, cancellation);
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private async Task RelatedAsync(StoredEvent happened, EnvironmentId moved, CancellationToken cancellation)
    {
        var tree = (EnvironmentTree)(await host.ReadAsync(happened.Entity, cancellation)).State;
        var related = tree.Related(moved);
        foreach (var entry in tree.Entries.Where(e => e.Kind == EntryKind.Refresh && related.Contains(e.EnvironmentId)))
            await CheckAsync(happened, new RefreshId(entry.Id), cancellation);
    }

    private async Task CheckAsync(StoredEvent happened, RefreshId id, CancellationToken cancellation)
    {
        var (workspace, key) = (happened.Entity.Workspace, EntityKey.Of(happened.Entity.Workspace, id));
        var refresh = (Refresh)(await host.ReadAsync(key, cancellation)).State;
        if (refresh is not { Status: RefreshStatus.Scheduled, Held: { } held }
            || await EnvironmentFinder.FindAsync(host, workspace, refresh.EnvironmentId.Value, cancellation) is not { } place)
            return;
        // What was seen when the slot was given is known: plans that began since then have met the slot themselves.
        var wish = new SlotWish(id, held.Number, refresh.EnvironmentId, refresh.Scope, held.Window, refresh.AcceptedIn(held.Window), Executing: [], Checked: []);
        var rules = await rulebooks.ActiveAsync(workspace, cancellation);
        var conflicts = ConflictDetection.Find((EnvironmentTree)place.State, wish, rules.Calendars);
        if (conflicts.InTheWay == 0)
            return;
        var inTheWay = conflicts.Worst.Where(c => c.StandsInTheWay).ToArray();
        var free = ConflictDetection.NextFree((EnvironmentTree)place.State, wish, rules.Calendars);
        await new Reaction(this, happened, host).SendAsync(
            id.Value, key, new RefreshCommand.Unschedule(held.Number, $"{inTheWay[0].Message} {ConflictDetection.Told(free)}", [.. inTheWay]), cancellation);
    }
}
