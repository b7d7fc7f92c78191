using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Plans;
using Planning.Domain.Refreshes;
using Planning.Engine.Entities;

namespace Planning.Engine.Refreshes;

/// <summary>What a refresh asks of its environment's tree, with what the tree cannot know by itself: how far the plans are that have booked it.</summary>
public static class SlotWishes
{
    public static async ValueTask<SlotWish> OfAsync(
        IEntityHost host, WorkspaceId workspace, EnvironmentTree tree, Refresh refresh, int slot, TimeWindow window, CancellationToken cancellation)
    {
        var (executing, passed) = (ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal), ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal));
        foreach (var id in Conflicts.Excluding(tree, refresh.EnvironmentId, BookingMode.Exclusive, window).Select(e => e.PlanId).OfType<PlanId>().Distinct())
        {
            var plan = (Plan)(await host.ReadAsync(EntityKey.Of(workspace, id), cancellation)).State;
            if (plan.IsExecuting)
                executing.Add(id.Value);
            else if (plan.Status is PlanStatus.ReadyForHandoff or PlanStatus.Packaged)
                passed.Add(id.Value);
        }
        return new SlotWish(refresh.Id, slot, refresh.EnvironmentId, refresh.Scope, window, refresh.AcceptedIn(window), executing.ToImmutable(), passed.ToImmutable());
    }
}
