using System.Collections.Immutable;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using static Planning.Domain.Refreshes.RefreshStatus;

namespace Planning.Domain.Tests.Refreshes;

/// <summary>A refresh told by commands; what its environment's tree would answer the test says itself.</summary>
internal sealed class RefreshStory
{
    public const string Booking = "bkg_1";

    public static readonly RefreshId Id = new("rfr_1");
    public static readonly EnvironmentId Qa = new("env_qa");

    public static readonly Actor Requester = World.Person("per_requester", Role.Planner);

    /// <summary>Has every role and a fresh second factor, and has requested nothing.</summary>
    public static readonly Actor Everyone = World.Everything("per_all") with { StepUpAt = World.Now };

    /// <summary>As it would lose somebody something.</summary>
    public static readonly RefreshConflict Shared = new(Booking, ConflictKind.Booking, ConflictSeverity.Serious, "Booking bkg_1 takes qa.");

    public static RefreshCommand.Draft NewDraft { get; } = new(Id, Qa, RefreshType.DatabaseCopy, Keep: [], WithChildren: false, Hours(2, 4), "New anonymised data", NotifyGroups: ["qa"]);

    public Refresh Refresh { get; private set; } = RefreshDecider.Initial;

    public DateTimeOffset Now { get; private set; } = World.Now;

    public Decision<RefreshEvent> Last { get; private set; } = Decision<RefreshEvent>.Nothing;

    public Rejection? Refused => Last.Rejection;

    public string? Code => Last.Rejection?.Code;

    public int Slot => Refresh.Slots;

    /// <summary>Hours from the beginning of the story.</summary>
    public static TimeWindow Hours(double from, double to) => new(World.Now.AddHours(from), World.Now.AddHours(to));

    /// <summary>In a state on its shortest way there; an approved one has lost its slot, and no process of it is under way.</summary>
    public static RefreshStory In(RefreshStatus status) => status switch
    {
        Draft => new RefreshStory().Send(Requester, NewDraft),
        Requested => In(Draft).Send(Requester, new RefreshCommand.Request()),
        Approved => In(Scheduled).Unschedule(),
        Scheduled => Approving().GoOn(),
        InProgress => In(Scheduled).At(2).Send(Everyone, new RefreshCommand.Start()),
        Completed => In(InProgress).At(3).Send(Everyone, new RefreshCommand.Complete("all well")),
        Cancelled => In(Requested).Send(Requester, new RefreshCommand.Cancel("not needed")),
        Failed => In(InProgress).At(3).Send(Everyone, new RefreshCommand.Fail("disk full")),
        RolledBack => In(Failed).Send(Everyone, new RefreshCommand.RollBack("as it was")),
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>Approved, and its slot is being looked for.</summary>
    public static RefreshStory Approving() => In(Requested).Approve();

    public RefreshStory At(double hours)
    {
        Now = World.Now.AddHours(hours);
        return this;
    }

    public RefreshStory Send(Actor by, RefreshCommand command)
    {
        Last = RefreshDecider.Decide(Refresh, command, new Issued(by, Now, World.Rules));
        Refresh = Last.Events.Aggregate(Refresh, RefreshDecider.Evolve);
        return this;
    }

    public RefreshStory Approve(Actor? by = null) => Send(by ?? World.Approver, new RefreshCommand.Approve(Refresh.Scope.Destroys, "go"));

    public RefreshStory Accept(params ImmutableArray<string> conflicts) => Send(World.Approver, new RefreshCommand.AcceptConflicts(conflicts, "They know."));

    public RefreshStory Move(TimeWindow window, Actor? by = null) => Send(by ?? Requester, new RefreshCommand.Move(window));

    public RefreshStory Grant(int? slot = null, params ImmutableArray<RefreshConflict> conflicts) => Send(Actor.System, new RefreshCommand.GrantSlot(slot ?? Slot, conflicts));

    public RefreshStory Refuse(int? slot = null) => Send(Actor.System, new RefreshCommand.RefuseSlot(slot ?? Slot, "One conflict stands in the way.", [Shared], Hours(10, 12)));

    public RefreshStory Finish(int? slot = null) => Send(Actor.System, new RefreshCommand.FinishScheduling(slot ?? Slot));

    public RefreshStory Unschedule(int? slot = null) => Send(Actor.System, new RefreshCommand.Unschedule(slot ?? Slot, "A freeze has come up.", []));

    public RefreshStory Remind(Reminder reminder, int? slot = null) => Send(Actor.System, new RefreshCommand.Remind(slot ?? Slot, reminder));

    public RefreshStory Park(string reason = "The tree does not answer.") => Send(Actor.System, new RefreshCommand.Park(Slot, reason));

    /// <summary>Its process to its good end.</summary>
    public RefreshStory GoOn() => Grant().Finish();
}
