using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Plans;
using Planning.Domain.Refreshes;
using Planning.Engine.Entities;

namespace Planning.Engine.Refreshes;

/// <summary>What a refresh asks of its environment's tree, with what the tree cannot know by itself: which plans are being executed.</summary>
public static class SlotWishes
{
    public static async ValueTask<SlotWish> OfAsync(
        IEntityHost host, WorkspaceId workspace, EnvironmentTree tree, Refresh refresh, int slot, TimeWindow window, CancellationToken cancellation)
    {
        var executing = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var plan in Conflicts.Excluding(tree, refresh.EnvironmentId, BookingMode.Exclusive, window).Select(e => e.PlanId).OfType<PlanId>().Distinct())
        {
            if (((Plan)(await host.ReadAsync(EntityKey.Of(workspace, plan), cancellation)).State).IsExecuting)
                executing.Add(plan.Value);
        }
        return new SlotWish(refresh.Id, slot, refresh.EnvironmentId, refresh.Scope, window, refresh.AcceptedIn(window), executing.ToImmutable());
    }
}
