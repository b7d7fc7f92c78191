namespace Planning.Domain.Plans;

/// <summary>Approvals, board decisions and waivers: what people answer for.</summary>
public sealed partial class PlanDecider
{
    private static Decision<PlanEvent> Approve(Plan plan, PlanCommand.Approve approve, Issued issued)
    {
        var needed = approve.Kind == ApprovalKind.BoardDecision ? Permission.DecideForBoard : Permission.Approve;
        if ((Permissions.Refuse(issued.By, needed) ?? RefuseClosed(plan)) is { } refused)
            return refused;
        if (approve.Kind == ApprovalKind.Waiver)
            return Rejection.Invalid("approval_kind_invalid", "A waiver is recorded under waivers, with the finding, a reason and an end.");
        if (issued.By.Id == plan.Author)
            return Rejection.Forbidden("author_cannot_approve", $"{issued.By.Id} wrote this plan; the author never approves it. Ask another approver.");
        if (plan.Status is PlanStatus.Executed or PlanStatus.Validated or PlanStatus.Improve)
            return Rejection.Conflict("approval_late", $"Approvals are taken until execution begins; the plan is {Lifecycle.Wire(plan.Status)}.");
        if (approve.ContentHash is { } seen && seen != plan.ContentHash)
            return Rejection.Conflict("content_changed", $"The content has changed since {seen}; it is {plan.ContentHash} now. Read it again, then approve.");
        if (approve.Verdict == Verdict.Rejected && string.IsNullOrWhiteSpace(approve.Comment))
            return Rejection.Invalid("reason_missing", "A rejection needs a reason. Give it in 'comment'.");

        var standing = plan.Approvals.LastOrDefault(a => a.Kind == approve.Kind && a.Person == issued.By.Id && a.ContentHash == plan.ContentHash);
        return standing?.Verdict == approve.Verdict
            ? Decision<PlanEvent>.Nothing
            : new PlanEvent.ApprovalRecorded(approve.Kind, issued.By.Id, approve.Verdict, plan.ContentHash, issued.At, approve.Comment);
    }

    private static Decision<PlanEvent> Waive(Plan plan, PlanCommand.Waive waive, Issued issued)
    {
        if ((Permissions.Refuse(issued.By, Permission.Waive) ?? RefuseClosed(plan)) is { } refused)
            return refused;
        if (issued.By.Id == plan.Author)
            return Rejection.Forbidden("author_cannot_waive", $"{issued.By.Id} wrote this plan; the author never waives its findings. Ask another lead.");
        if (string.IsNullOrWhiteSpace(waive.Reason))
            return Rejection.Invalid("reason_missing", "A waiver needs a reason. Give it in 'reason'.");
        if (waive.ExpiresAt <= issued.At)
            return Rejection.Invalid("waiver_expired", $"The waiver ends at {waive.ExpiresAt:O}, which is past. Give a later end.");
        if (issued.Rules.Gates.All(g => g.Name != waive.Gate))
            return Rejection.Invalid("gate_unknown", $"The rulebook has no gate '{waive.Gate}'; it has {string.Join(", ", issued.Rules.Gates.Select(g => g.Name))}.");

        var granted = new Waiver(waive.Gate, waive.Fingerprint, waive.Reason, waive.ExpiresAt, issued.By.Id);
        return plan.Waivers.Contains(granted)
            ? Decision<PlanEvent>.Nothing
            : new PlanEvent.ApprovalRecorded(ApprovalKind.Waiver, issued.By.Id, Verdict.Approved, plan.ContentHash, issued.At, waive.Reason, granted);
    }
}
