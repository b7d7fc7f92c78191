using System.Collections.Immutable;
using System.Diagnostics;
using Planning.Domain.Environments;

namespace Planning.Domain.Refreshes;

/// <summary>
/// What a refresh answers. Whether a window is free, the tree of its environment decides; in between the refresh waits, and
/// says so. The rules of each family of commands are in the other files of this class.
/// </summary>
public sealed partial class RefreshDecider : IDecider<Refresh, RefreshCommand, RefreshEvent>
{
    public static Refresh Initial => Refresh.None;

    public static Decision<RefreshEvent> Decide(Refresh refresh, RefreshCommand command, Issued issued)
    {
        if (command is RefreshCommand.Draft draft)
            return Draft(refresh, draft, issued);
        if (!refresh.Exists)
            return Rejection.NotFound("refresh_not_found", "There is no refresh with this id in this workspace.");
        return command switch
        {
            RefreshCommand.Edit edit => Edit(refresh, edit, issued),
            RefreshCommand.Request => Request(refresh, issued),
            RefreshCommand.Reject reject => Reject(refresh, reject, issued),
            RefreshCommand.Approve approve => Approve(refresh, approve, issued),
            RefreshCommand.AcceptConflicts accept => AcceptConflicts(refresh, accept, issued),
            RefreshCommand.Move move => Move(refresh, move, issued),
            RefreshCommand.Schedule => Schedule(refresh, issued),
            RefreshCommand.Start => Start(refresh, issued),
            RefreshCommand.Complete complete => Complete(refresh, complete, issued),
            RefreshCommand.Fail fail => Fail(refresh, fail, issued),
            RefreshCommand.Retry retry => Retry(refresh, retry, issued),
            RefreshCommand.RollBack back => RollBack(refresh, back, issued),
            RefreshCommand.Cancel cancel => Cancel(refresh, cancel, issued),
            RefreshCommand.Resume => Resume(refresh, issued),
            RefreshCommand.GrantSlot grant => GrantSlot(refresh, grant, issued),
            RefreshCommand.RefuseSlot refuse => RefuseSlot(refresh, refuse, issued),
            RefreshCommand.FinishScheduling finish => FinishScheduling(refresh, finish, issued),
            RefreshCommand.Unschedule unschedule => Unschedule(refresh, unschedule, issued),
            RefreshCommand.Remind remind => Remind(refresh, remind, issued),
            RefreshCommand.Park park => Park(refresh, park, issued),
            _ => throw new UnreachableException($"A refresh knows no command {command.GetType().Name}."),
        };
    }

    /// <summary>Why a trigger is refused: the actor's role, the state, or a process that is under way; null when it is not.</summary>
    private static Rejection? Refuse(Refresh refresh, RefreshTrigger trigger, Issued issued)
    {
        if (RefreshLifecycle.Find(refresh.Status, trigger) is not { } arrow)
            return Rejection.Conflict(
                "refresh_transition_not_allowed",
                $"A refresh that is {RefreshLifecycle.Wire(refresh.Status)} does not take '{RefreshLifecycle.Wire(trigger)}'. {Allowed(refresh.Status)}");
        if (Permissions.Refuse(issued.By, arrow.Needs) is { } role)
            return role;
        // Both end a process that is under way, whatever it has come to.
        return trigger is RefreshTrigger.Cancel or RefreshTrigger.RollBack ? null : RefusePending(refresh);
    }

    private static Rejection? RefusePending(Refresh refresh) => refresh.Pending switch
    {
        null => null,
        { Parked: { } why } => Rejection.Conflict("refresh_parked", $"Its process waits for somebody to look: {why} Resume it, or {WayOut(refresh.Status)}."),
        _ => Rejection.Unavailable("refresh_pending", $"Its slot is being looked for. Try again in a moment, or {WayOut(refresh.Status)}."),
    };

    /// <summary>What ends a process that is under way.</summary>
    private static string WayOut(RefreshStatus status) => status == RefreshStatus.Failed ? "roll the refresh back" : "cancel the refresh";

    /// <summary>Whoever requested it decides over it, and so do release managers.</summary>
    private static Rejection? RefuseOthers(Refresh refresh, Issued issued) => refresh.RequestedBy == issued.By.Id || issued.By.Has(Role.ReleaseManager) || issued.By.Has(Role.Admin)
        ? null
        : Rejection.Forbidden("refresh_of_another", $"Refresh {refresh.Id} is {refresh.RequestedBy}'s. They can do this, or a release manager.");

    private static string Allowed(RefreshStatus status)
    {
        var asked = RefreshLifecycle.Asked(status).ToArray();
        return asked.Length == 0 ? "It is closed; draft a new one." : $"It takes {string.Join(", ", asked.Select(RefreshLifecycle.Wire))}.";
    }

    private static Rejection? RefuseWithoutReason(string reason, string what) =>
        string.IsNullOrWhiteSpace(reason) ? Rejection.Invalid("reason_missing", $"{what} needs a reason. Give it in 'reason'.") : RefuseLong(reason);

    private static Rejection? RefuseLong(string? text) =>
        text?.Length > MaxTextLength ? Rejection.Invalid("refresh_text_too_long", $"A text of a refresh has at most {MaxTextLength} characters; this one has {text.Length}. Shorten it.") : null;

    private static Rejection? WrongWindow(TimeWindow window, DateTimeOffset now)
    {
        if (window.To <= window.From)
            return Rejection.Invalid("window_invalid", $"The end {window.To:O} is not after the start {window.From:O}. Give a later end.");
        if (window.To <= now)
            return Rejection.Invalid("window_past", $"The window ended at {window.To:O}, which is past. Give a later one.");
        if (window.Length > TimeSpan.FromDays(MaxWindowDays))
            return Rejection.Invalid("window_too_long", $"A refresh takes at most {MaxWindowDays} days; this one has {window.Length.TotalDays:0.##}. Give an earlier end.");
        return window.From > now.AddDays(EnvironmentTreeDecider.MaxBookingAheadDays)
            ? Rejection.Invalid("window_too_far", $"A refresh begins at most {EnvironmentTreeDecider.MaxBookingAheadDays} days ahead. Give an earlier window.")
            : null;
    }
}
