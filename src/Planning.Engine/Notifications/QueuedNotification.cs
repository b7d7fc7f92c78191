using Planning.Domain;

namespace Planning.Engine.Notifications;

/// <summary>What became of a delivery that has not been made; stored with it.</summary>
public enum DeliveryStatus
{
    Waiting = 1,

    /// <summary>Put aside: it is not sent before somebody says so, and holds nothing up.</summary>
    Parked,
}

/// <summary>A notification on its way to one target. It leaves the queue when the target has it.</summary>
/// <param name="EventId">Of the event that it tells; of each event a target is queued one notification.</param>
/// <param name="Position">Of that event: of one topic, a target gets the lower ones first.</param>
/// <param name="DueAt">Not sent before.</param>
/// <param name="Attempts">Tries that failed while the target took others.</param>
/// <param name="FailingSince">When it failed first; null before.</param>
public sealed record QueuedNotification(
    Notification Notification, string TargetId, string EventId, long Position, DeliveryStatus Status, DateTimeOffset DueAt, int Attempts = 0, DateTimeOffset? FailingSince = null,
    string? LastError = null)
{
    public string Id => Notification.MessageId;

    public WorkspaceId Workspace => Notification.Workspace;

    /// <summary>The same for the same event and target, however often it is made.</summary>
    public static string MessageId(WorkspaceId workspace, string eventId, string targetId) => Ids.Derived("msg_", workspace.Value, eventId, targetId);
}

/// <summary>A delivery after a try.</summary>
/// <param name="Left">As it goes on; null when the target has it.</param>
public sealed record Settlement(WorkspaceId Workspace, string MessageId, QueuedNotification? Left);
