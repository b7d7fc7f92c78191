using System.Diagnostics;
using Planning.Domain.Environments;

namespace Planning.Domain.Refreshes;

/// <summary>What each event makes of a refresh.</summary>
public sealed partial class RefreshDecider
{
    public static Refresh Evolve(Refresh refresh, RefreshEvent happened) => happened switch
    {
        RefreshEvent.RefreshDrafted e => refresh with
        {
            Id = e.RefreshId, EnvironmentId = e.EnvironmentId, Type = e.Type, Scope = e.Scope, Window = e.Window, Reason = e.Reason, NotifyGroups = e.NotifyGroups, RequestedBy = e.By,
        },
        RefreshEvent.RefreshEdited e => (e.Window is { } window ? At(refresh, window) : refresh) with
        {
            Type = e.Type ?? refresh.Type, Scope = e.Scope ?? refresh.Scope, Reason = e.Reason ?? refresh.Reason, NotifyGroups = e.NotifyGroups ?? refresh.NotifyGroups,
            // An approver has accepted what was to be destroyed then.
            Accepted = e.Scope is null && e.Window is null ? refresh.Accepted : [],
        },
        RefreshEvent.RefreshRequested e => refresh with { Status = RefreshStatus.Requested, RequestedAt = e.At, SubmittedBy = e.By, Rejected = null },
        RefreshEvent.RefreshRejected e => refresh with { Status = RefreshStatus.Draft, Rejected = e.Reason },
        RefreshEvent.RefreshApproved e => Asked(refresh, e.Slot, refresh.Window, SlotPurpose.Approval) with
        {
            Status = RefreshStatus.Approved, Approval = new RefreshApproval(e.By, e.Notes),
        },
        RefreshEvent.RefreshApprovalUndone => refresh with { Status = RefreshStatus.Requested, Approval = null },
        RefreshEvent.RefreshConflictsAccepted e => refresh with
        {
            Accepted = refresh.Accepted.AddRange(e.Conflicts.Select(id => new ConflictAcceptance(id, e.Window, e.By, e.Reason))),
        },
        RefreshEvent.RefreshMoved e => At(refresh, e.Window),
        RefreshEvent.RefreshSlotRequested e => Asked(refresh, e.Slot, e.Window, e.Purpose),
        RefreshEvent.RefreshSlotGranted e => At(refresh, e.Window) with
        {
            Pending = refresh.Pending! with { Granted = true }, Held = new HeldSlot(e.Slot, e.Window), Conflicts = e.Conflicts, Reminded = [],
        },
        RefreshEvent.RefreshSlotRefused e => refresh with { Pending = null, Refused = new SlotRefusal(e.Reason, refresh.Pending!.Window, e.Conflicts, e.NextFree) },
        RefreshEvent.RefreshScheduled => refresh with { Status = RefreshStatus.Scheduled, Pending = null },
        RefreshEvent.RefreshUnscheduled e => refresh with
        {
            Status = RefreshStatus.Approved, Held = null, Conflicts = [], Refused = new SlotRefusal(e.Reason, refresh.Window, e.Conflicts), Pending = null,
        },
        RefreshEvent.RefreshReminded e => refresh with { Reminded = refresh.Reminded.Add(e.Reminder) },
        RefreshEvent.RefreshStarted e => refresh with { Status = RefreshStatus.InProgress, StartedAt = e.At },
        RefreshEvent.RefreshCompleted e => Ended(refresh, RunOutcome.Completed, e.At, e.By, e.Report) with { Status = RefreshStatus.Completed, Held = null },
        RefreshEvent.RefreshFailed e => Ended(refresh, RunOutcome.Failed, e.At, e.By, e.Reason) with { Status = RefreshStatus.Failed },
        RefreshEvent.RefreshRolledBack e => Ended(refresh, RunOutcome.RolledBack, e.At, e.By, e.Reason) with { Status = RefreshStatus.RolledBack, Held = null, Pending = null },
        RefreshEvent.RefreshCancelled => refresh with { Status = RefreshStatus.Cancelled, Pending = null, Held = null },
        RefreshEvent.RefreshParked e => refresh with { Pending = refresh.Pending! with { Parked = e.Reason } },
        RefreshEvent.RefreshResumed => refresh with { Pending = refresh.Pending! with { Parked = null } },
        _ => throw new UnreachableException($"A refresh knows no event {happened.GetType().Name}."),
    };

    /// <summary>In a window. What was accepted in another one was accepted there alone.</summary>
    private static Refresh At(Refresh refresh, TimeWindow window) =>
        window == refresh.Window ? refresh : refresh with { Window = window, Accepted = refresh.Accepted.RemoveAll(a => a.Window != window), Refused = null };

    private static Refresh Asked(Refresh refresh, int slot, TimeWindow window, SlotPurpose purpose) =>
        refresh with { Slots = slot, Pending = new PendingSlot(slot, window, purpose), Refused = null };

    private static Refresh Ended(Refresh refresh, RunOutcome outcome, DateTimeOffset at, PersonId by, string? note) => refresh with
    {
        History = refresh.History.Add(new RefreshRun(refresh.History.Length + 1, outcome, refresh.StartedAt ?? at, at, by, note)),
    };
}
