using System.Collections.Immutable;
using Planning.Domain.Environments;

namespace Planning.Domain.Refreshes;

/// <summary>
/// Slots: asked for, granted or refused by the environment's tree, held, reminded of, taken away. An answer to a slot that
/// is no longer waited for changes nothing: a refresh that was cancelled in the middle stays cancelled.
/// </summary>
public sealed partial class RefreshDecider
{
    private static Decision<RefreshEvent> Move(Refresh refresh, RefreshCommand.Move move, Issued issued)
    {
        if ((Permissions.Refuse(issued.By, Permission.RequestRefresh) ?? RefuseOthers(refresh, issued) ?? RefusePending(refresh) ?? WrongWindow(move.Window, issued.At)) is { } refused)
            return refused;
        if (refresh.Status is not (RefreshStatus.Draft or RefreshStatus.Requested or RefreshStatus.Approved or RefreshStatus.Scheduled))
            return Rejection.Conflict("refresh_begun", $"A refresh is moved before it begins; this one is {RefreshLifecycle.Wire(refresh.Status)}. {Allowed(refresh.Status)}");
        if (refresh.Window == move.Window)
            return Decision<RefreshEvent>.Nothing;
        return refresh.Status == RefreshStatus.Scheduled
            ? new RefreshEvent.RefreshSlotRequested(issued.By.Id, refresh.Slots + 1, move.Window, SlotPurpose.Move)
            : new RefreshEvent.RefreshMoved(issued.By.Id, move.Window);
    }

    private static Decision<RefreshEvent> Schedule(Refresh refresh, Issued issued) =>
        (Refuse(refresh, RefreshTrigger.Schedule, issued) ?? RefuseOthers(refresh, issued) ?? WrongWindow(refresh.Window, issued.At)) is { } refused
            ? refused
            : new RefreshEvent.RefreshSlotRequested(issued.By.Id, refresh.Slots + 1, refresh.Window, SlotPurpose.Schedule);

    private static Decision<RefreshEvent> Retry(Refresh refresh, RefreshCommand.Retry retry, Issued issued)
    {
        if (Refuse(refresh, RefreshTrigger.Retry, issued) is { } refused)
            return refused;
        var window = retry.Window ?? refresh.Window;
        if (retry.Window is null && window.To <= issued.At)
            return Rejection.Conflict("refresh_window_over", $"Its window ended at {window.To:O}. Give another one in 'window'.");
        return WrongWindow(window, issued.At) is { } wrong
            ? wrong
            : new RefreshEvent.RefreshSlotRequested(issued.By.Id, refresh.Slots + 1, window, SlotPurpose.Retry);
    }

    private static Decision<RefreshEvent> Resume(Refresh refresh, Issued issued)
    {
        if ((Permissions.Refuse(issued.By, Permission.RequestRefresh) ?? RefuseOthers(refresh, issued)) is { } refused)
            return refused;
        return refresh.Pending is { Parked: not null } pending ? new RefreshEvent.RefreshResumed(pending.Number, issued.By.Id)
            : Rejection.Conflict("refresh_not_parked", "Its process does not wait for anybody, so there is nothing to resume.");
    }

    private static Decision<RefreshEvent> GrantSlot(Refresh refresh, RefreshCommand.GrantSlot grant, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ContinueProcess) is { } refused)
            return refused;
        return Waits(refresh, grant.Slot) is { Granted: false } pending
            ? new RefreshEvent.RefreshSlotGranted(pending.Number, pending.Window, grant.Conflicts)
            : Decision<RefreshEvent>.Nothing;
    }

    private static Decision<RefreshEvent> RefuseSlot(Refresh refresh, RefreshCommand.RefuseSlot refuse, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ContinueProcess) is { } refused)
            return refused;
        if (Waits(refresh, refuse.Slot) is not { Granted: false } pending)
            return Decision<RefreshEvent>.Nothing;
        var slot = new RefreshEvent.RefreshSlotRefused(pending.Number, refuse.Reason, refuse.Conflicts, refuse.NextFree);
        return pending.Purpose == SlotPurpose.Approval ? Decision<RefreshEvent>.Accept(slot, new RefreshEvent.RefreshApprovalUndone(refuse.Reason)) : slot;
    }

    private static Decision<RefreshEvent> FinishScheduling(Refresh refresh, RefreshCommand.FinishScheduling finish, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ContinueProcess) is { } refused)
            return refused;
        return Waits(refresh, finish.Slot) is { Granted: true } pending
            ? new RefreshEvent.RefreshScheduled(pending.Number, pending.Window)
            : Decision<RefreshEvent>.Nothing;
    }

    private static Decision<RefreshEvent> Unschedule(Refresh refresh, RefreshCommand.Unschedule unschedule, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ContinueProcess) is { } refused)
            return refused;
        return refresh.Status == RefreshStatus.Scheduled && refresh.Held?.Number == unschedule.Slot
            ? new RefreshEvent.RefreshUnscheduled(unschedule.Slot, unschedule.Reason, unschedule.Conflicts)
            : Decision<RefreshEvent>.Nothing;
    }

    private static Decision<RefreshEvent> Remind(Refresh refresh, RefreshCommand.Remind remind, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ContinueProcess) is { } refused)
            return refused;
        // Reminders are set before it is scheduled: one that falls due in between is not lost.
        return (refresh.Status == RefreshStatus.Scheduled || refresh.Pending is { Granted: true })
            && refresh.Held is { } held && held.Number == remind.Slot && !refresh.Reminded.Contains(remind.Reminder)
            ? new RefreshEvent.RefreshReminded(remind.Slot, remind.Reminder, held.Window)
            : Decision<RefreshEvent>.Nothing;
    }

    private static Decision<RefreshEvent> Park(Refresh refresh, RefreshCommand.Park park, Issued issued)
    {
        if (Permissions.Refuse(issued.By, Permission.ContinueProcess) is { } refused)
            return refused;
        return Waits(refresh, park.Slot) is { Parked: null } ? new RefreshEvent.RefreshParked(park.Slot, Cut(park.Reason)) : Decision<RefreshEvent>.Nothing;
    }

    /// <summary>What broke may have said more than anybody reads.</summary>
    private static string Cut(string text) => text.Length <= MaxTextLength ? text : $"{text.AsSpan(0, MaxTextLength - 1)}…";

    private static PendingSlot? Waits(Refresh refresh, int slot) => refresh.Pending is { } pending && pending.Number == slot ? pending : null;
}
