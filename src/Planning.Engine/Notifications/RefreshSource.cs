using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Engine.Log;

namespace Planning.Engine.Notifications;

/// <summary>Refreshes of environments; each refresh is a topic. What the process says to itself is not told.</summary>
public sealed class RefreshSource : INotificationSource
{
    public EntityKind Kind => EntityKind.Refresh;

    public IReadOnlySet<string> EventTypes { get; } = new[]
    {
        "REFRESH_REQUESTED", "REFRESH_REJECTED", "REFRESH_APPROVED", "REFRESH_APPROVAL_UNDONE", "REFRESH_MOVED", "REFRESH_SLOT_REFUSED", "REFRESH_SCHEDULED", "REFRESH_UNSCHEDULED",
        "REFRESH_REMINDED", "REFRESH_STARTED", "REFRESH_COMPLETED", "REFRESH_FAILED", "REFRESH_ROLLED_BACK", "REFRESH_CANCELLED", "REFRESH_PARKED",
    }.ToFrozenSet(StringComparer.Ordinal);

    public Telling? Tell(StoredEvent stored, object happened, object? before, object after)
    {
        var refresh = (Refresh)after;
        return Summary((RefreshEvent)happened, refresh, (before as Refresh)?.Pending?.Purpose) is { } summary
            ? new Telling(refresh.Id.Value, refresh.EnvironmentId, summary, Details(refresh), refresh.NotifyGroups)
            : null;
    }

    private static string? Summary(RefreshEvent happened, Refresh refresh, SlotPurpose? purpose) => happened switch
    {
        RefreshEvent.RefreshRequested => $"is to be refreshed {Span(refresh.Window)} ({refresh.Type}, destroys {Losses(refresh)}), says {refresh.RequestedBy}: {refresh.Reason}",
        RefreshEvent.RefreshRejected e => $"is not to be refreshed {Span(refresh.Window)}, says {e.By}: {e.Reason}",
        RefreshEvent.RefreshApproved e => $"may be refreshed {Span(refresh.Window)} ({refresh.Type}, destroys {Losses(refresh)}), says {e.By}",
        RefreshEvent.RefreshApprovalUndone e => $"is not refreshed {Span(refresh.Window)} after all: {e.Reason}",
        RefreshEvent.RefreshMoved e => $"is to be refreshed {Span(e.Window)} now",
        // An approval that was refused its slot is told as undone, with the event that follows.
        RefreshEvent.RefreshSlotRefused e when purpose != SlotPurpose.Approval => $"has no slot for its refresh: {e.Reason}",
        RefreshEvent.RefreshScheduled e => $"will be refreshed {Span(e.Window)} ({refresh.Type}, destroys {Losses(refresh)})",
        RefreshEvent.RefreshUnscheduled e => $"will not be refreshed {Span(refresh.Window)}, as something stands in the way: {e.Reason}",
        RefreshEvent.RefreshReminded { Reminder: Reminder.DayBefore } e => $"will be refreshed within a day, {Span(e.Window)} (destroys {Losses(refresh)})",
        RefreshEvent.RefreshReminded { Reminder: Reminder.HourBefore } e => $"will be refreshed within an hour, {Span(e.Window)} (destroys {Losses(refresh)})",
        RefreshEvent.RefreshReminded { Reminder: Reminder.Due } e => $"is due to be refreshed {Span(e.Window)}",
        RefreshEvent.RefreshReminded { Reminder: Reminder.Missed } e => $"was not refreshed {Span(e.Window)}: nobody has started it",
        RefreshEvent.RefreshStarted e => $"is being refreshed by {e.By} ({refresh.Type}, destroys {Losses(refresh)})",
        RefreshEvent.RefreshCompleted e => $"was refreshed by {e.By}{(e.Report is null ? "" : $": {e.Report}")}",
        RefreshEvent.RefreshFailed e => $"could not be refreshed: {e.Reason}",
        RefreshEvent.RefreshRolledBack e => $"is as it was before its refresh: {e.Reason}",
        RefreshEvent.RefreshCancelled e => $"will not be refreshed {Span(refresh.Window)}, says {e.By}: {e.Reason}",
        RefreshEvent.RefreshParked e => $"has a refresh that waits for somebody to look: {e.Reason}",
        _ => null,
    };

    private static JsonObject Details(Refresh refresh) => new()
    {
        ["refresh_id"] = refresh.Id.Value,
        ["type"] = refresh.Type,
        ["status"] = RefreshLifecycle.Wire(refresh.Status),
        ["from"] = refresh.Window.From.ToString("O", CultureInfo.InvariantCulture),
        ["to"] = refresh.Window.To.ToString("O", CultureInfo.InvariantCulture),
        ["requested_by"] = refresh.RequestedBy.Value,
        ["destroys"] = new JsonArray([.. refresh.Scope.Destroys.Select(asset => JsonValue.Create(Snake.Case(asset.ToString())))]),
        ["with_children"] = refresh.Scope.WithChildren,
    };

    private static string Losses(Refresh refresh) => string.Join(", ", refresh.Scope.Destroys.Select(asset => Snake.Case(asset.ToString()).Replace('_', ' ')));

    private static string Span(TimeWindow window) => string.Create(
        CultureInfo.InvariantCulture, $"from {window.From.UtcDateTime:yyyy-MM-dd HH:mm} to {window.To.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}
