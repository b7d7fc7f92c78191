using System.Collections.Immutable;
using Planning.Domain.Cycles;
using Planning.Domain.Plans;

namespace Planning.Engine.Digests.Sections;

/// <summary>The plans of the cycle, as far as they came.</summary>
internal static class DeliverableRows
{
    public static ImmutableArray<Deliverable> Of(CycleFacts facts)
    {
        var done = facts.TasksDone.ToLookup(t => t.Plan);
        return
        [
            .. facts.OwnPlans.Select(p => new Deliverable(
                p.Id, p.Title, p.Stream, p.Status, MarkOf(p.Status), p.CarriedFrom, p.Planned.Tasks, p.TasksDoneBefore + done[p.Id].Count(),
                Evidence.Of(p.Sources, p.Planned.Sources).Ids())),
        ];
    }

    private static Mark MarkOf(PlanStatus status) => status switch
    {
        PlanStatus.Completed => Mark.Good,
        PlanStatus.Withdrawn => Mark.Bad,
        _ => Mark.Pending,
    };
}
