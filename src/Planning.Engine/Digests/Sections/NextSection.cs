using Planning.Domain.Cycles;

namespace Planning.Engine.Digests.Sections;

/// <summary>What comes next, as far as it was known at the close.</summary>
internal static class NextSection
{
    public static NextCycle? Of(CycleFacts facts, CycleNotes notes)
    {
        var next = new NextCycle(
            facts.Closed.NextCycle ?? facts.Next?.CycleId,
            facts.Next?.Name,
            facts.Next?.StartsOn,
            facts.Next?.EndsOn,
            [.. (facts.Next?.Goals ?? []).Concat(notes.NextGoals).Distinct(StringComparer.Ordinal)],
            notes.SuccessCriteria,
            [.. facts.OwnPlans.Where(p => p.Unfinished).Select(p => new CarriedPlan(p.Id, p.Title, p.Status, p.Sources.Ids()))]);
        return next.Cycle is null && next.Goals.IsEmpty && next.SuccessCriteria.IsEmpty && next.CarriedOver.IsEmpty ? null : next;
    }
}
