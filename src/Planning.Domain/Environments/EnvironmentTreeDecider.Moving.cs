using System.Collections.Immutable;

namespace Planning.Domain.Environments;

/// <summary>
/// Moving an environment, with everything below it and all that is booked there. Within a tree it is one event. To another
/// tree it is a process of three, each an event of its own tree: it leaves, it is received or refused, its leaving ends.
/// In between nothing of it can be booked or changed, so that what is received is what left. A refusal is recorded like a
/// receipt: a step that is repeated after a crash must not find another answer than the first time.
/// </summary>
public sealed partial class EnvironmentTreeDecider
{
    private static Decision<EnvironmentEvent> Move(EnvironmentTree tree, EnvironmentCommand.Move move, Issued issued)
    {
        if ((Permissions.Refuse(issued.By, Permission.ManageEnvironments) ?? Refuse(tree, move.EnvironmentId, issued.By) ?? RefuseOthers(tree, move.EnvironmentId, issued.By)) is { } refused)
            return refused;
        var subtree = tree.Below(move.EnvironmentId).ToImmutableArray();
        if (move.Parent is { } parent && tree.Find(parent) is not null)
            return MoveWithin(tree, move.EnvironmentId, parent, subtree, issued);
        if (tree.Find(move.EnvironmentId)!.Parent is null && move.Parent is null)
            return Decision<EnvironmentEvent>.Nothing;
        if (subtree.FirstOrDefault(e => tree.IsLeaving(e.Id)) is { } leaving)
            return Rejection.Unavailable("environment_moving", $"{leaving.Name} ({leaving.Id}), which is below it, is on its way to another tree. Try again in a moment.");
        var ids = subtree.Select(e => e.Id).ToHashSet();
        return new EnvironmentEvent.EnvironmentMoveBegun(
            move.EnvironmentId, move.TreeId, move.Parent, subtree, [.. tree.Entries.Where(e => ids.Contains(e.EnvironmentId) && e.Window.To > issued.At)]);
    }

    private static Decision<EnvironmentEvent> MoveWithin(
        EnvironmentTree tree, EnvironmentId id, EnvironmentId parent, ImmutableArray<SharedEnvironment> subtree, Issued issued)
    {
        if (tree.Find(id)!.Parent == parent)
            return Decision<EnvironmentEvent>.Nothing;
        if (subtree.Any(e => e.Id == parent))
            return Rejection.Invalid("environment_below_itself", $"{parent} is {id} itself or below it. Choose a parent outside.");
        if (RefusePlace(tree, parent, adds: 0, Levels(subtree, id), issued.By) is { } noPlace)
            return noPlace;
        var moved = new EnvironmentEvent.EnvironmentMoved(id, parent);
        return RefuseClash(Evolve(tree, moved), id, subtree, [.. tree.Upwards(id).Select(e => e.Id)], issued.At) is { } clash ? clash : moved;
    }

    private static Decision<EnvironmentEvent> Receive(EnvironmentTree tree, EnvironmentCommand.Receive receive, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ContinueProcess) is { } refused)
            return refused;
        if (tree.Find(receive.EnvironmentId) is not null || tree.Refused.GetValueOrDefault(receive.EnvironmentId.Value)?.MoveId == receive.MoveId)
            return Decision<EnvironmentEvent>.Nothing;
        if (RefusePlace(tree, receive.Parent, receive.Environments.Length, Levels(receive.Environments, receive.EnvironmentId), issued.By) is { } noPlace)
            return Refused(receive, noPlace);
        var received = new EnvironmentEvent.EnvironmentReceived(
            receive.EnvironmentId,
            receive.FromTree,
            [.. receive.Environments.Select(e => e.Id == receive.EnvironmentId ? e with { Parent = receive.Parent } : e)],
            receive.Entries);
        return RefuseClash(Evolve(tree, received), receive.EnvironmentId, received.Environments, [], issued.At) is { } clash ? Refused(receive, clash) : received;
    }

    private static EnvironmentEvent.EnvironmentRefused Refused(EnvironmentCommand.Receive receive, Rejection why) =>
        new(receive.EnvironmentId, receive.FromTree, receive.MoveId, $"{why.Message}{string.Concat(why.Details.Select(d => $" {d.Message}"))}");

    private static Decision<EnvironmentEvent> EndMove(EnvironmentTree tree, EnvironmentCommand.EndMove end, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ContinueProcess) is { } refused)
            return refused;
        if (!tree.Leaving.ContainsKey(end.EnvironmentId.Value))
            return Decision<EnvironmentEvent>.Nothing;
        return end.Refused is { } why ? new EnvironmentEvent.EnvironmentMoveAbandoned(end.EnvironmentId, why) : new EnvironmentEvent.EnvironmentMoveCompleted(end.EnvironmentId);
    }

    /// <summary>Whether what was moved has entries that exclude those above its new place. What is over clashes with nothing any more.</summary>
    /// <param name="known">What was above it before: with that it clashes no more than it did, and a refresh has met there what it does not exclude.</param>
    private static Rejection? RefuseClash(
        EnvironmentTree after, EnvironmentId top, ImmutableArray<SharedEnvironment> moved, ImmutableArray<EnvironmentId> known, DateTimeOffset now)
    {
        var (ids, above) = (moved.Select(e => e.Id).ToHashSet(), after.Upwards(top).Skip(1).Select(e => e.Id).Except(known).ToHashSet());
        var others = after.Entries.Where(e => above.Contains(e.EnvironmentId)).ToArray();
        var clashes = (
            from own in after.Entries
            where ids.Contains(own.EnvironmentId) && own.Window.To > now
            from other in others
            where other.Excludes(own.Mode, own.Window)
            select new Blocker("schedules_clash", $"{Conflicts.Told(own, after)} {Conflicts.Told(other, after)}", own.Id)).Take(MaxShown).ToArray();
        return clashes.Length == 0
            ? null
            : Rejection.Conflict("schedules_clash", "In its new place it would be taken twice at the same time. Move or cancel what clashes, then move the environment.", clashes);
    }

    private static int Levels(ImmutableArray<SharedEnvironment> subtree, EnvironmentId top)
    {
        var parents = subtree.ToDictionary(e => e.Id, e => e.Parent);
        return subtree.Max(e =>
        {
            var levels = 1;
            for (var at = e.Id; at != top && parents[at] is { } above; at = above)
                levels++;
            return levels;
        });
    }
}
