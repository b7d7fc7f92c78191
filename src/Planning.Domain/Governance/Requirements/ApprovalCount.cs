using Planning.Domain.Plans;

namespace Planning.Domain.Governance;

/// <summary><c>approval_count: 3</c>: so many distinct persons other than the author approve the present content, and none rejects it.</summary>
public sealed record ApprovalCount(int Count) : IRequirement
{
    public string Name => "approval_count";

    public IEnumerable<Blocker> Missing(RequirementContext context)
    {
        var words = context.LastWords(ApprovalKind.Approval);
        var given = words.Count(w => w.Verdict == Verdict.Approved);
        if (given < Count)
            yield return context.Missing(
                "approvals_missing",
                $"{given} of {Count} approvals; {Count - given} more by approvers other than the author {context.Plan.Author}.{Void(context.Plan)}");
        foreach (var rejection in words.Where(w => w.Verdict == Verdict.Rejected))
            yield return context.Missing(
                "approval_rejected",
                $"{rejection.Person} rejected the present content{(rejection.Comment is { Length: > 0 } why ? $": {why}" : "")}. Change the content, or have {rejection.Person} approve it after all.");
    }

    private static string Void(Plan plan)
    {
        var earlier = plan.Approvals
            .Where(a => a is { Kind: ApprovalKind.Approval, Verdict: Verdict.Approved } && a.ContentHash != plan.ContentHash)
            .Select(a => a.Person).Distinct().Count();
        return earlier == 0 ? "" : $" {earlier} of earlier content no longer {(earlier == 1 ? "counts" : "count")}.";
    }
}
