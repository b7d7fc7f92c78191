using System.Collections.Frozen;
using static Planning.Domain.Refreshes.RefreshStatus;

namespace Planning.Domain.Refreshes;

public enum RefreshStatus
{
    Draft = 1,
    Requested,

    /// <summary>Approved, and no slot of the schedule is held: its process is under way, or it was unscheduled.</summary>
    Approved,

    /// <summary>It holds its slot, and is reminded of.</summary>
    Scheduled,
    InProgress,
    Completed,
    Cancelled,
    Failed,
    RolledBack,
}

public enum RefreshTrigger
{
    Request = 1,
    Reject,
    Approve,

    /// <summary>The approval could not be carried through; by the backend itself.</summary>
    Undo,
    Schedule,

    /// <summary>Something that stands in its way has come up; by the backend itself.</summary>
    Unschedule,
    Start,
    Complete,
    Fail,
    Retry,
    RollBack,
    Cancel,
}

/// <summary>One arrow of the lifecycle.</summary>
public sealed record RefreshArrow(RefreshStatus From, RefreshTrigger Trigger, RefreshStatus To, Permission Needs);

/// <summary>The nine states of a refresh and every arrow between them; a pair that is not here is refused.</summary>
public static class RefreshLifecycle
{
    public static IReadOnlyList<RefreshArrow> Arrows { get; } =
    [
        new(Draft, RefreshTrigger.Request, Requested, Permission.RequestRefresh),
        new(Requested, RefreshTrigger.Reject, Draft, Permission.ApproveRefresh),
        new(Requested, RefreshTrigger.Approve, Approved, Permission.ApproveRefresh),
        new(Approved, RefreshTrigger.Undo, Requested, Permission.ContinueProcess),
        new(Approved, RefreshTrigger.Schedule, Scheduled, Permission.RequestRefresh),
        new(Scheduled, RefreshTrigger.Unschedule, Approved, Permission.ContinueProcess),
        new(Scheduled, RefreshTrigger.Start, InProgress, Permission.RunRefresh),
        new(InProgress, RefreshTrigger.Complete, Completed, Permission.RunRefresh),
        new(InProgress, RefreshTrigger.Fail, Failed, Permission.RunRefresh),
        new(Failed, RefreshTrigger.Retry, Scheduled, Permission.RunRefresh),
        new(Failed, RefreshTrigger.RollBack, RolledBack, Permission.RunRefresh),
        new(Completed, RefreshTrigger.RollBack, RolledBack, Permission.RunRefresh),
        new(Draft, RefreshTrigger.Cancel, Cancelled, Permission.RequestRefresh),
        new(Requested, RefreshTrigger.Cancel, Cancelled, Permission.RequestRefresh),
        new(Approved, RefreshTrigger.Cancel, Cancelled, Permission.RequestRefresh),
        new(Scheduled, RefreshTrigger.Cancel, Cancelled, Permission.RequestRefresh),
    ];

    private static readonly FrozenDictionary<(RefreshStatus, RefreshTrigger), RefreshArrow> ByPair = Arrows.ToFrozenDictionary(a => (a.From, a.Trigger));

    public static RefreshArrow? Find(RefreshStatus from, RefreshTrigger trigger) => ByPair.GetValueOrDefault((from, trigger));

    public static IEnumerable<RefreshTrigger> Allowed(RefreshStatus from) => Arrows.Where(a => a.From == from).Select(a => a.Trigger);

    /// <summary>Those of them that can be asked for; the others the backend takes itself.</summary>
    public static IEnumerable<RefreshTrigger> Asked(RefreshStatus from) => Allowed(from).Where(trigger => Find(from, trigger)!.Needs != Permission.ContinueProcess);

    /// <summary>The name on the wire: <c>IN_PROGRESS</c>.</summary>
    public static string Wire(RefreshStatus status) => Snake.Case(status.ToString()).ToUpperInvariant();

    /// <summary>The name on the wire: <c>roll_back</c>.</summary>
    public static string Wire(RefreshTrigger trigger) => Snake.Case(trigger.ToString());
}
