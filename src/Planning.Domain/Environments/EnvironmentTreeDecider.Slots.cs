using System.Collections.Immutable;
using Planning.Domain.Refreshes;

namespace Planning.Domain.Environments;

/// <summary>
/// Slots of refreshes. A refusal is recorded like a grant: a step that is repeated after a crash must not find another
/// answer than the first time.
/// </summary>
public sealed partial class EnvironmentTreeDecider
{
    private static Decision<EnvironmentEvent> ReserveSlot(EnvironmentTree tree, EnvironmentCommand.ReserveSlot reserve, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ContinueProcess) is { } role)
            return role;
        var wish = reserve.Wish;
        if (tree.Entry(wish.RefreshId.Value)?.Slot >= wish.Slot || tree.Slots.GetValueOrDefault(wish.RefreshId.Value)?.Slot >= wish.Slot)
            return Decision<EnvironmentEvent>.Nothing;
        switch (Refuse(tree, wish.EnvironmentId, issued.By))
        {
            // Where it is, or when it has arrived, the process finds out by asking again.
            case { Code: "environment_elsewhere" } or { Kind: RejectionKind.Unavailable }:
                return Refuse(tree, wish.EnvironmentId, issued.By)!;
            case { } unusable:
                return new EnvironmentEvent.SlotRefused(wish.RefreshId, wish.Slot, unusable.Message, []);
        }
        if (WrongWindow(wish.Window, issued.At) is { } late)
            return new EnvironmentEvent.SlotRefused(wish.RefreshId, wish.Slot, late.Message, []);
        if (tree.Entries.Count(e => e.Window.To > issued.At) >= MaxEntries)
            return new EnvironmentEvent.SlotRefused(
                wish.RefreshId, wish.Slot, $"The schedule of a tree holds at most {MaxEntries} entries to come. Cancel some that nobody needs.", []);
        var conflicts = ConflictDetection.Find(tree, wish, issued.Rules.Calendars);
        if (conflicts.InTheWay > 0)
        {
            var free = ConflictDetection.NextFree(tree, wish, issued.Rules.Calendars);
            return new EnvironmentEvent.SlotRefused(
                wish.RefreshId, wish.Slot,
                $"{(conflicts.InTheWay == 1 ? "One conflict stands" : $"{conflicts.InTheWay} conflicts stand")} in the way. {ConflictDetection.Told(free)}",
                conflicts.Worst, free);
        }
        return new EnvironmentEvent.SlotReserved(
            new ScheduleEntry(wish.RefreshId.Value, EntryKind.Refresh, wish.EnvironmentId, BookingMode.Exclusive, wish.Window, reserve.For, Slot: wish.Slot),
            issued.At,
            conflicts.Worst);
    }

    private static Decision<EnvironmentEvent> ReleaseSlot(EnvironmentTree tree, EnvironmentCommand.ReleaseSlot release, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ContinueProcess) is { } role)
            return role;
        var entry = tree.Entry(release.RefreshId.Value);
        if (entry is not null && tree.IsLeaving(entry.EnvironmentId))
            return Rejection.Unavailable("environment_moving", $"Environment {entry.EnvironmentId} is on its way to another tree. Try again in a moment.");
        // A later slot than this one is not meant, and neither is the answer to it.
        if (entry?.Slot > release.Slot || tree.Slots.GetValueOrDefault(release.RefreshId.Value)?.Slot > release.Slot)
            return Decision<EnvironmentEvent>.Nothing;
        var given = entry is not null && (!release.KeepsEarlier || entry.Slot == release.Slot);
        return given || tree.Slots.ContainsKey(release.RefreshId.Value)
            ? new EnvironmentEvent.SlotReleased(release.RefreshId, release.Slot, release.KeepsEarlier)
            : Decision<EnvironmentEvent>.Nothing;
    }
}
