using Planning.Domain.Refreshes;
using Planning.Engine.Trackers;

namespace Planning.Trackers;

/// <summary>
/// Mappings where the settings have none: those of a workflow as it comes. No wish approves: who may take a tracker's word
/// for an approval is for the operator to say.
/// </summary>
public static class UsualMappings
{
    private static readonly Dictionary<RefreshStatus, string> Jira = new()
    {
        [RefreshStatus.Requested] = "To Do", [RefreshStatus.Approved] = "To Do", [RefreshStatus.Scheduled] = "To Do", [RefreshStatus.InProgress] = "In Progress",
        [RefreshStatus.Completed] = "Done", [RefreshStatus.Cancelled] = "Done", [RefreshStatus.RolledBack] = "Done",
    };

    private static readonly Dictionary<string, TrackerWish> JiraWishes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Rejected"] = TrackerWish.Reject, ["Declined"] = TrackerWish.Reject, ["Cancelled"] = TrackerWish.Cancel, ["Canceled"] = TrackerWish.Cancel,
    };

    /// <summary>New, Assess, Authorize, Scheduled, Implement, Review, Closed, Canceled are -5 to -1, 0, 3 and 4. Authorize to Scheduled is theirs to do, not ours.</summary>
    private static readonly Dictionary<RefreshStatus, string> ServiceNow = new()
    {
        [RefreshStatus.Requested] = "-5", [RefreshStatus.InProgress] = "-1", [RefreshStatus.Failed] = "0", [RefreshStatus.Completed] = "3",
        [RefreshStatus.RolledBack] = "3", [RefreshStatus.Cancelled] = "4",
    };

    private static readonly Dictionary<string, TrackerWish> ServiceNowWishes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["approval=rejected"] = TrackerWish.Reject, ["state=4"] = TrackerWish.Cancel,
    };

    public static IReadOnlyDictionary<RefreshStatus, string> StatusesOf(TrackerKind kind) => kind == TrackerKind.ServiceNow ? ServiceNow : Jira;

    public static IReadOnlyDictionary<string, TrackerWish> WishesOf(TrackerKind kind) => kind == TrackerKind.ServiceNow ? ServiceNowWishes : JiraWishes;
}
