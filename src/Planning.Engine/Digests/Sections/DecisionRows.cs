using Planning.Domain.Cycles;
using Planning.Domain.Plans;

namespace Planning.Engine.Digests.Sections;

/// <summary>What was decided: as people noted it, and as the review board recorded it.</summary>
internal static class DecisionRows
{
    public static DecisionsSection? Of(CycleFacts facts, CycleNotes notes)
    {
        var titles = facts.Plans.ToDictionary(p => p.Id, p => p.Title);
        var board = facts.Approvals.Where(a => a.Recorded.Kind == ApprovalKind.BoardDecision).Select(a => new BoardDecision(
            a.Plan, titles[a.Plan], a.Recorded.Verdict, a.Recorded.Person, a.Recorded.Comment, a.Sources.Ids()));
        var section = new DecisionsSection(notes.Decisions, [.. board]);
        return section.Noted.IsEmpty && section.Board.IsEmpty ? null : section;
    }
}
