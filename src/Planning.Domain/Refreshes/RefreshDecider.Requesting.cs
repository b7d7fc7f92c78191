using System.Collections.Immutable;

namespace Planning.Domain.Refreshes;

/// <summary>Drafts and requests.</summary>
public sealed partial class RefreshDecider
{
    /// <summary>Of a refresh's window.</summary>
    public const int MaxWindowDays = 31;

    /// <summary>Of reasons, notes and reports.</summary>
    public const int MaxTextLength = 2000;

    public const int MaxNotifyGroups = 50;

    private static Decision<RefreshEvent> Draft(Refresh refresh, RefreshCommand.Draft draft, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.RequestRefresh) is { } role)
            return role;
        if (refresh.Exists)
            return Rejection.Conflict("refresh_exists", $"Refresh {draft.RefreshId} exists already. Use another Idempotency-Key for a new one.");
        var (scope, cannot) = ImpactScope.Of(draft.Type, draft.Keep, draft.WithChildren);
        if ((cannot ?? RefuseWithoutReason(draft.Reason, "A refresh") ?? WrongWindow(draft.Window, issued.At) ?? RefuseGroups(draft.NotifyGroups)) is { } refused)
            return refused;
        var drafted = new RefreshEvent.RefreshDrafted(
            draft.RefreshId, draft.EnvironmentId, draft.Type.Name, scope!, draft.Window, draft.Reason, draft.NotifyGroups, issued.By.Id);
        return draft.AtOnce ? Decision<RefreshEvent>.Accept(drafted, new RefreshEvent.RefreshRequested(issued.By.Id, issued.At)) : drafted;
    }

    private static Decision<RefreshEvent> Edit(Refresh refresh, RefreshCommand.Edit edit, Issued issued)
    {
        if ((Permissions.Refuse(issued.By, Permission.RequestRefresh) ?? RefuseOthers(refresh, issued)) is { } refused)
            return refused;
        if (refresh.Status != RefreshStatus.Draft)
            return Rejection.Conflict(
                "refresh_not_draft", $"What is reviewed stays as it is; the refresh is {RefreshLifecycle.Wire(refresh.Status)}. Have it rejected, or cancel it and draft another. Its window can be moved.");
        var before = RefreshType.Find(refresh.Type)!;
        var type = edit.Type ?? before;
        // What was kept before is kept again, as far as the type takes it.
        var keep = edit.Keep ?? before.Takes.Except(refresh.Scope.Destroys).Intersect(type.Takes);
        var (scope, cannot) = ImpactScope.Of(type, keep, edit.WithChildren ?? refresh.Scope.WithChildren);
        if (cannot is not null)
            return cannot;
        var edited = new RefreshEvent.RefreshEdited(
            type.Name == refresh.Type ? null : type.Name,
            scope!.Equals(refresh.Scope) ? null : scope,
            edit.Window == refresh.Window ? null : edit.Window,
            edit.Reason == refresh.Reason ? null : edit.Reason,
            edit.NotifyGroups is { } groups && !groups.SetEquals(refresh.NotifyGroups) ? groups : null);
        if (edited == new RefreshEvent.RefreshEdited())
            return Decision<RefreshEvent>.Nothing;
        var wrong = (edited.Reason is { } reason ? RefuseWithoutReason(reason, "A refresh") : null)
            ?? (edited.Window is { } window ? WrongWindow(window, issued.At) : null)
            ?? (edited.NotifyGroups is { } told ? RefuseGroups(told) : null);
        return wrong is not null ? wrong : edited;
    }

    private static Decision<RefreshEvent> Request(Refresh refresh, Issued issued)
    {
        if (refresh.Status == RefreshStatus.Requested)
            return Decision<RefreshEvent>.Nothing;
        return (Refuse(refresh, RefreshTrigger.Request, issued) ?? RefuseOthers(refresh, issued) ?? WrongWindow(refresh.Window, issued.At)) is { } refused
            ? refused
            : new RefreshEvent.RefreshRequested(issued.By.Id, issued.At);
    }

    private static Decision<RefreshEvent> Cancel(Refresh refresh, RefreshCommand.Cancel cancel, Issued issued)
    {
        if (refresh.Status == RefreshStatus.Cancelled)
            return Decision<RefreshEvent>.Nothing;
        return (Refuse(refresh, RefreshTrigger.Cancel, issued) ?? RefuseOthers(refresh, issued) ?? RefuseWithoutReason(cancel.Reason, "Cancelling a refresh")) is { } refused
            ? refused
            : new RefreshEvent.RefreshCancelled(issued.By.Id, cancel.Reason);
    }

    private static Rejection? RefuseGroups(ImmutableSortedSet<string> groups) => groups.Count > MaxNotifyGroups
        ? Rejection.Invalid("notify_groups_too_many", $"A refresh notifies at most {MaxNotifyGroups} groups; these are {groups.Count}. Use a group that has them all.")
        : null;
}
