using System.Collections.Immutable;
using System.Diagnostics;

namespace Planning.Domain.Environments;

/// <summary>What each event makes of a tree.</summary>
public sealed partial class EnvironmentTreeDecider
{
    /// <summary>What ended earlier than this before a new booking leaves the schedule; lists and the log keep it.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    public static EnvironmentTree Evolve(EnvironmentTree tree, EnvironmentEvent happened) => happened switch
    {
        EnvironmentEvent.EnvironmentRegistered e => tree with { Environments = tree.Environments.Add(e.Environment.Id.Value, e.Environment) },
        EnvironmentEvent.EnvironmentChanged e => With(tree, e.EnvironmentId, before => Changed(before, e)),
        EnvironmentEvent.EnvironmentRetired e => With(tree, e.EnvironmentId, before => before with { Retired = true }),
        EnvironmentEvent.EnvironmentMoved e => With(tree, e.EnvironmentId, before => before with { Parent = e.Parent }),
        EnvironmentEvent.EnvironmentMoveBegun e => tree with
        {
            Leaving = tree.Leaving.Add(e.EnvironmentId.Value, new EnvironmentMove(e.ToTreeId, [.. e.Environments.Select(left => left.Id)])),
            Abandoned = tree.Abandoned.Remove(e.EnvironmentId.Value),
        },
        EnvironmentEvent.EnvironmentReceived e => Received(tree, e),
        EnvironmentEvent.EnvironmentRefused e => tree with { Refused = tree.Refused.SetItem(e.EnvironmentId.Value, new RefusedMove(e.MoveId, e.Reason)) },
        EnvironmentEvent.EnvironmentMoveCompleted e => Left(tree, e.EnvironmentId),
        EnvironmentEvent.EnvironmentMoveAbandoned e => tree with
        {
            Leaving = tree.Leaving.Remove(e.EnvironmentId.Value),
            Abandoned = tree.Abandoned.SetItem(e.EnvironmentId.Value, e.Reason),
        },
        EnvironmentEvent.BookingMade e => tree with { Entries = With(tree.Entries.RemoveAll(old => old.Window.To <= e.At - Remembered), e.Booking) },
        EnvironmentEvent.BookingMoved e => Moved(tree, e),
        EnvironmentEvent.BookingCancelled e => tree with { Entries = tree.Entries.RemoveAll(entry => entry.Id == e.BookingId.Value) },
        EnvironmentEvent.SlotReserved e => tree with
        {
            Entries = With(tree.Entries.RemoveAll(old => old.Id == e.Entry.Id || old.Window.To <= e.At - Remembered), e.Entry),
            Slots = tree.Slots.SetItem(e.Entry.Id, new SlotAnswer(e.Entry.Slot!.Value, Refused: null, e.Conflicts)),
        },
        EnvironmentEvent.SlotRefused e => tree with { Slots = tree.Slots.SetItem(e.RefreshId.Value, new SlotAnswer(e.Slot, e.Reason, e.Conflicts, e.NextFree)) },
        EnvironmentEvent.SlotReleased e => tree with
        {
            Entries = tree.Entries.RemoveAll(entry => entry.Id == e.RefreshId.Value && (e.KeepsEarlier ? entry.Slot == e.Slot : entry.Slot <= e.Slot)),
            Slots = tree.Slots.Remove(e.RefreshId.Value),
        },
        _ => throw new UnreachableException($"A tree of environments knows no event {happened.GetType().Name}."),
    };

    private static EnvironmentTree With(EnvironmentTree tree, EnvironmentId id, Func<SharedEnvironment, SharedEnvironment> change) =>
        tree with { Environments = tree.Environments.SetItem(id.Value, change(tree.Environments[id.Value])) };

    private static SharedEnvironment Changed(SharedEnvironment before, EnvironmentEvent.EnvironmentChanged e) => before with
    {
        Name = e.Name ?? before.Name,
        OwnerGroup = e.OwnerGroup ?? before.OwnerGroup,
        UserGroups = e.UserGroups ?? before.UserGroups,
        ZoneId = e.ZoneId ?? before.ZoneId,
        MaintenanceWindows = e.MaintenanceWindows ?? before.MaintenanceWindows,
    };

    private static EnvironmentTree Received(EnvironmentTree tree, EnvironmentEvent.EnvironmentReceived e) => tree with
    {
        Environments = tree.Environments.SetItems(e.Environments.Select(received => KeyValuePair.Create(received.Id.Value, received))),
        Gone = tree.Gone.RemoveRange(e.Environments.Select(received => received.Id.Value).Concat(e.Entries.Select(entry => entry.Id))),
        Refused = tree.Refused.Remove(e.EnvironmentId.Value),
        Entries = e.Entries.Aggregate(tree.Entries, With),
    };

    private static EnvironmentTree Left(EnvironmentTree tree, EnvironmentId id)
    {
        var move = tree.Leaving[id.Value];
        return tree with
        {
            Environments = tree.Environments.RemoveRange(move.Environments.Select(left => left.Value)),
            Entries = tree.Entries.RemoveAll(entry => move.Environments.Contains(entry.EnvironmentId)),
            Leaving = tree.Leaving.Remove(id.Value),
            Slots = tree.Slots.RemoveRange(tree.Entries.Where(entry => move.Environments.Contains(entry.EnvironmentId)).Select(entry => entry.Id)),
            Gone = tree.Gone.SetItems(move.Environments.Select(left => left.Value)
                .Concat(tree.Entries.Where(entry => move.Environments.Contains(entry.EnvironmentId)).Select(entry => entry.Id))
                .Select(left => KeyValuePair.Create(left, move.TreeId))),
        };
    }

    private static EnvironmentTree Moved(EnvironmentTree tree, EnvironmentEvent.BookingMoved e)
    {
        var booking = tree.Entry(e.BookingId.Value)!;
        return tree with { Entries = With(tree.Entries.Remove(booking), booking with { Window = e.Window }) };
    }

    /// <summary>After those that begin earlier or with it.</summary>
    private static ImmutableArray<ScheduleEntry> With(ImmutableArray<ScheduleEntry> entries, ScheduleEntry added)
    {
        var (low, high) = (0, entries.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = entries[middle].Window.From <= added.Window.From ? (middle + 1, high) : (low, middle);
        }
        return entries.Insert(low, added);
    }
}
