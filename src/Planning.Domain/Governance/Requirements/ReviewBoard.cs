using Planning.Domain.Plans;

namespace Planning.Domain.Governance;

/// <summary><c>review_board: true</c>: the board has approved the present content, and no member's last word is a rejection.</summary>
public sealed record ReviewBoard : IRequirement
{
    public string Name => "review_board";

    public IEnumerable<Blocker> Missing(RequirementContext context)
    {
        var words = context.LastWords(ApprovalKind.BoardDecision);
        foreach (var rejection in words.Where(w => w.Verdict == Verdict.Rejected))
            yield return context.Missing(
                "board_rejected",
                $"The board rejected the present content, by {rejection.Person}{(rejection.Comment is { Length: > 0 } why ? $": {why}" : "")}. Change the content, or bring it before the board again.");
        if (words.Count == 0)
            yield return context.Missing(
                "board_decision_missing",
                "The review board has not decided on the present content. A board member other than the author records the decision.");
    }
}
