using System.Collections.Immutable;

namespace Planning.Domain.Refreshes;

/// <summary>Approvals, rejections and accepted conflicts: what people answer for.</summary>
public sealed partial class RefreshDecider
{
    /// <summary>How long ago an approver of a critical refresh may have proven who they are by a second factor.</summary>
    public static readonly TimeSpan StepUpMaxAge = TimeSpan.FromMinutes(15);

    /// <summary>Accepted at once, or in all.</summary>
    public const int MaxAccepted = 200;

    private static Decision<RefreshEvent> Approve(Refresh refresh, RefreshCommand.Approve approve, Issued issued)
    {
        if ((Refuse(refresh, RefreshTrigger.Approve, issued) ?? RefuseRequester(refresh, issued) ?? RefuseWeak(refresh, issued) ?? RefuseLong(approve.Notes)) is { } refused)
            return refused;
        if (!approve.Destroys.SetEquals(refresh.Scope.Destroys))
            return Rejection.Conflict(
                "destruction_not_confirmed",
                "An approval names in 'destroys' everything that the refresh destroys, no more and no less. Read what is listed, then approve it.",
                [.. refresh.Scope.Destroys.Select(asset => new Blocker("destroys", $"It destroys {Snake.Case(asset.ToString())}.", Snake.Case(asset.ToString())))]);
        return WrongWindow(refresh.Window, issued.At) is { } late
            ? late
            : new RefreshEvent.RefreshApproved(issued.By.Id, approve.Destroys, refresh.Slots + 1, approve.Notes);
    }

    private static Decision<RefreshEvent> Reject(Refresh refresh, RefreshCommand.Reject reject, Issued issued) =>
        (Refuse(refresh, RefreshTrigger.Reject, issued) ?? RefuseWithoutReason(reject.Reason, "A rejection")) is { } refused
            ? refused
            : new RefreshEvent.RefreshRejected(issued.By.Id, reject.Reason);

    private static Decision<RefreshEvent> AcceptConflicts(Refresh refresh, RefreshCommand.AcceptConflicts accept, Issued issued)
    {
        if ((Permissions.Refuse(issued.By, Permission.ApproveRefresh) ?? RefuseRequester(refresh, issued) ?? RefuseWithoutReason(accept.Reason, "Accepting a conflict")) is { } refused)
            return refused;
        if (refresh.Status is not (RefreshStatus.Requested or RefreshStatus.Approved or RefreshStatus.Scheduled or RefreshStatus.Failed))
            return Rejection.Conflict(
                "refresh_not_waiting", $"Conflicts are accepted of a refresh that can still ask for a slot; this one is {RefreshLifecycle.Wire(refresh.Status)}. {Allowed(refresh.Status)}");
        var added = accept.Conflicts.Except(refresh.AcceptedIn(refresh.Wanted), StringComparer.Ordinal).ToImmutableArray();
        if (refresh.Accepted.Length + added.Length > MaxAccepted)
            return Rejection.Invalid("conflicts_too_many", $"At most {MaxAccepted} conflicts of a refresh are accepted. Choose another window.");
        return added.IsEmpty ? Decision<RefreshEvent>.Nothing : new RefreshEvent.RefreshConflictsAccepted(issued.By.Id, added, refresh.Wanted, accept.Reason);
    }

    private static Rejection? RefuseRequester(Refresh refresh, Issued issued) => issued.By.Id == refresh.RequestedBy || issued.By.Id == refresh.SubmittedBy
        ? Rejection.Forbidden("requester_cannot_approve", $"{issued.By.Id} requested this refresh; nobody approves their own. Ask another approver.")
        : null;

    private static Rejection? RefuseWeak(Refresh refresh, Issued issued)
    {
        if (refresh.Scope.Level != ImpactLevel.Critical)
            return null;
        var needed = $"What this refresh destroys is critical: its approval needs a second factor within the last {StepUpMaxAge.TotalMinutes:0} minutes";
        return issued.By.StepUpAt switch
        {
            null => Rejection.Forbidden("step_up_required", $"{needed}; this key's record says nothing of one. Have it recorded, then approve."),
            { } at when at < issued.At - StepUpMaxAge => Rejection.Forbidden("step_up_required", $"{needed}; the last one on record was at {at:O}. Have a new one recorded, then approve."),
            _ => null,
        };
    }
}
