using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Engine.Entities;
using Planning.Engine.Environments;
using Planning.Engine.Log;
using Planning.Engine.Reactors;

namespace Planning.Engine.Refreshes;

/// <summary>
/// The process behind an approval, and behind every other wish for a slot. Each step is an event, and each event has the
/// next step taken, by whichever process runs then:
/// <list type="number">
/// <item>REFRESH_APPROVED, REFRESH_SLOT_REQUESTED: the environment's tree keeps the window free, or says why not; the refresh is told</item>
/// <item>REFRESH_SLOT_GRANTED: its reminders are set; it is scheduled</item>
/// <item>REFRESH_SLOT_REFUSED: the approval is undone, nothing is left behind</item>
/// <item>REFRESH_CANCELLED, _UNSCHEDULED, _COMPLETED, _ROLLED_BACK: slot and reminders are given up</item>
/// <item>a step that fails again and again parks the process; REFRESH_RESUMED takes it up where it stood</item>
/// </list>
/// Telling people is no step of its own: the same events are queued as notifications, each once.
/// </summary>
public sealed class RefreshReactor(IEntityHost host, RefreshReminders reminders) : IReactor
{
    public string Name => "refresh";

    public IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "REFRESH_APPROVED", "REFRESH_SLOT_REQUESTED", "REFRESH_SLOT_GRANTED", "REFRESH_RESUMED",
        "REFRESH_SLOT_REFUSED", "REFRESH_CANCELLED", "REFRESH_UNSCHEDULED", "REFRESH_COMPLETED", "REFRESH_ROLLED_BACK",
    };

    public Task ReactAsync(StoredEvent happened, CancellationToken cancellation) => EventCodec.Decode(happened) switch
    {
        RefreshEvent.RefreshApproved e => GoOnAsync(happened, e.Slot, cancellation),
        RefreshEvent.RefreshSlotRequested e => GoOnAsync(happened, e.Slot, cancellation),
        RefreshEvent.RefreshSlotGranted e => GoOnAsync(happened, e.Slot, cancellation),
        RefreshEvent.RefreshResumed e => GoOnAsync(happened, e.Slot, cancellation),
        RefreshEvent.RefreshSlotRefused e => ReleaseAsync(happened, e.Slot, cancellation),
        RefreshEvent.RefreshUnscheduled e => ReleaseAsync(happened, e.Slot, cancellation),
        _ => ReleaseAsync(happened, slot: null, cancellation),
    };

    public async Task<bool> GiveUpAsync(StoredEvent happened, Exception reason, CancellationToken cancellation)
    {
        int? slot = EventCodec.Decode(happened) switch
        {
            RefreshEvent.RefreshApproved e => e.Slot,
            RefreshEvent.RefreshSlotRequested e => e.Slot,
            RefreshEvent.RefreshSlotGranted e => e.Slot,
            RefreshEvent.RefreshResumed e => e.Slot,
            _ => null,
        };
        if (slot is not { } waiting)
            return false;
        await new Reaction(this, happened, host).SendAsync("park", happened.Entity, new RefreshCommand.Park(waiting, reason.Message), cancellation);
        return true;
    }

    private async Task GoOnAsync(StoredEvent happened, int slot, CancellationToken cancellation)
    {
        var refresh = await ReadAsync(happened, cancellation);
        if (refresh.Pending is not { } pending || pending.Number != slot)
        {
            // It does not wait any more. If the last try got as far as the slot, that is given back.
            if (refresh.Held?.Number != slot)
                await GiveBackAsync(happened, refresh, slot, cancellation);
            return;
        }
        if (pending.Parked is not null)
            return;
        if (pending.Granted)
            await ScheduleAsync(happened, refresh, pending, cancellation);
        else
            await ReserveAsync(happened, refresh, pending, cancellation);
    }

    private async Task ReserveAsync(StoredEvent happened, Refresh refresh, PendingSlot pending, CancellationToken cancellation)
    {
        var reaction = new Reaction(this, happened, host);
        var place = await PlaceAsync(happened.Entity.Workspace, refresh, cancellation);
        var wish = await SlotWishes.OfAsync(host, happened.Entity.Workspace, (EnvironmentTree)place.State, refresh, pending.Number, pending.Window, cancellation);
        var answered = await reaction.SendAsync("reserve", place.Entity, new EnvironmentCommand.ReserveSlot(wish, refresh.RequestedBy), cancellation);
        var tree = (EnvironmentTree)answered.State;
        var answer = tree.Slots.GetValueOrDefault(refresh.Id.Value);
        if (tree.Entry(refresh.Id.Value)?.Slot == pending.Number)
        {
            var granted = await reaction.SendAsync("grant", happened.Entity, new RefreshCommand.GrantSlot(pending.Number, answer?.Conflicts ?? []), cancellation);
            // Cancelled in between: nobody will use it.
            if ((Refresh)granted.State is var now && now.Held?.Number != pending.Number)
                await GiveBackAsync(happened, now, pending.Number, cancellation);
            return;
        }
        if (answer?.Slot != pending.Number)
            throw new ReactionFailedException($"{place.Entity} has no answer to slot {pending.Number} of {refresh.Id}; its environment may be on its way to another tree.");
        await reaction.SendAsync(
            "refuse", happened.Entity, new RefreshCommand.RefuseSlot(pending.Number, answer.Refused ?? "The slot is gone.", answer.Conflicts, answer.NextFree), cancellation);
    }

    private async Task ScheduleAsync(StoredEvent happened, Refresh refresh, PendingSlot pending, CancellationToken cancellation)
    {
        await reminders.SetAsync(happened.Entity.Workspace, refresh.Id, pending.Number, pending.Window, cancellation);
        var scheduled = await new Reaction(this, happened, host).SendAsync("schedule", happened.Entity, new RefreshCommand.FinishScheduling(pending.Number), cancellation);
        if (((Refresh)scheduled.State).Held is null)
            await reminders.CancelAsync(happened.Entity.Workspace, refresh.Id, pending.Number, cancellation);
    }

    /// <param name="slot">Null for whichever it has asked for.</param>
    private async Task ReleaseAsync(StoredEvent happened, int? slot, CancellationToken cancellation)
    {
        var refresh = await ReadAsync(happened, cancellation);
        await GiveBackAsync(happened, refresh, slot ?? refresh.Slots, cancellation);
        await reminders.CancelAsync(happened.Entity.Workspace, refresh.Id, slot ?? refresh.Slots, cancellation);
    }

    /// <summary>One that was to take the place of another leaves that where it is.</summary>
    private async Task GiveBackAsync(StoredEvent happened, Refresh refresh, int slot, CancellationToken cancellation)
    {
        var place = await PlaceAsync(happened.Entity.Workspace, refresh, cancellation);
        await new Reaction(this, happened, host).SendAsync(
            "release", place.Entity, new EnvironmentCommand.ReleaseSlot(refresh.Id, slot, KeepsEarlier: refresh.Held is not null), cancellation);
    }

    private async ValueTask<EntityState> PlaceAsync(WorkspaceId workspace, Refresh refresh, CancellationToken cancellation) =>
        await EnvironmentFinder.FindAsync(host, workspace, refresh.EnvironmentId.Value, cancellation)
        ?? throw new ReactionFailedException($"No tree has the environment {refresh.EnvironmentId}.");

    /// <summary>As it is after the event at least: a stale reading would take a slot that is asked for now for one that nobody waits for.</summary>
    private async ValueTask<Refresh> ReadAsync(StoredEvent happened, CancellationToken cancellation)
    {
        var state = await host.ReadAsync(happened.Entity, cancellation);
        return state.Version >= happened.Version
            ? (Refresh)state.State
            : throw new ReactionFailedException($"{happened.Entity} is known up to version {state.Version} only; the event is of version {happened.Version}.");
    }
}
