namespace Planning.Domain.Refreshes;

/// <summary>Runs: started in their window, ended, and taken back.</summary>
public sealed partial class RefreshDecider
{
    private static Decision<RefreshEvent> Start(Refresh refresh, Issued issued)
    {
        if (Refuse(refresh, RefreshTrigger.Start, issued) is { } refused)
            return refused;
        if (issued.At < refresh.Window.From)
            return Rejection.Conflict("refresh_not_due", $"Its window begins at {refresh.Window.From:O}; others use the environment until then. Wait, or move it.");
        return issued.At >= refresh.Window.To
            ? Rejection.Conflict("refresh_window_over", $"Its window ended at {refresh.Window.To:O}. Move it to another one.")
            : new RefreshEvent.RefreshStarted(issued.By.Id, issued.At);
    }

    private static Decision<RefreshEvent> Complete(Refresh refresh, RefreshCommand.Complete complete, Issued issued) =>
        (Refuse(refresh, RefreshTrigger.Complete, issued) ?? RefuseLong(complete.Report)) is { } refused
            ? refused
            : new RefreshEvent.RefreshCompleted(issued.By.Id, issued.At, complete.Report);

    private static Decision<RefreshEvent> Fail(Refresh refresh, RefreshCommand.Fail fail, Issued issued) =>
        (Refuse(refresh, RefreshTrigger.Fail, issued) ?? RefuseWithoutReason(fail.Reason, "A failure")) is { } refused
            ? refused
            : new RefreshEvent.RefreshFailed(issued.By.Id, issued.At, fail.Reason);

    private static Decision<RefreshEvent> RollBack(Refresh refresh, RefreshCommand.RollBack back, Issued issued) =>
        (Refuse(refresh, RefreshTrigger.RollBack, issued) ?? RefuseWithoutReason(back.Reason, "A roll-back")) is { } refused
            ? refused
            : new RefreshEvent.RefreshRolledBack(issued.By.Id, issued.At, back.Reason);
}
