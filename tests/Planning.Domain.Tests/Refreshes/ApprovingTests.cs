using System.Collections.Immutable;
using Planning.Domain.Refreshes;
using static Planning.Domain.Tests.Refreshes.RefreshStory;

namespace Planning.Domain.Tests.Refreshes;

/// <summary>Approvals, rejections and accepted conflicts.</summary>
public sealed class ApprovingTests
{
    private static readonly ImmutableSortedSet<Asset> Destroyed = NewScope.Destroys;

    private static ImpactScope NewScope => In(RefreshStatus.Draft).Refresh.Scope;

    [Fact]
    public void An_approver_approves_what_another_person_has_requested_and_a_slot_is_asked_for()
    {
        var story = Approving();
        Assert.Equal(new RefreshApproval(World.Approver.Id, "go"), story.Refresh.Approval);
        Assert.Equal(new PendingSlot(1, Hours(2, 4), SlotPurpose.Approval), story.Refresh.Pending);
    }

    [Fact]
    public void Who_must_not_approve_is_told_why()
    {
        AssertRefused(Requester, "role_missing", "approve_refresh needs the role approver; per_requester has planner.");
        AssertRefused(
            new Actor(new PersonId("svc_1"), ActorKind.Service, Enum.GetValues<Role>()), "person_required",
            "approve_refresh is for persons; svc_1 is a service. Ask a person to do it with a key of their own.");
        AssertRefused(
            World.Everything(Requester.Id.Value), "requester_cannot_approve", "per_requester requested this refresh; nobody approves their own. Ask another approver.");

        static void AssertRefused(Actor by, string code, string sentence)
        {
            var refused = In(RefreshStatus.Requested).Approve(by).Refused!;
            Assert.Equal((code, sentence), (refused.Code, refused.Message));
        }
    }

    [Fact]
    public void Who_sends_the_draft_of_another_to_review_has_requested_it_too()
    {
        var story = In(RefreshStatus.Draft).Send(Everyone, new RefreshCommand.Edit(Reason: "mine now")).Send(Everyone, new RefreshCommand.Request());
        Assert.Equal("requester_cannot_approve", story.Approve(Everyone).Code);
        Assert.Equal("requester_cannot_approve", story.Send(Everyone, new RefreshCommand.AcceptConflicts([Booking], "fine")).Code);
        Assert.Null(story.Approve().Code);
    }

    [Fact]
    public void An_approval_names_all_that_is_destroyed_and_nothing_else()
    {
        foreach (var named in (ImmutableSortedSet<Asset>[])[[], Destroyed.Remove(Asset.Data), Destroyed.Add(Asset.Configuration)])
        {
            var refused = In(RefreshStatus.Requested).Send(World.Approver, new RefreshCommand.Approve(named)).Refused!;
            Assert.Equal("destruction_not_confirmed", refused.Code);
            Assert.Equal("An approval names in 'destroys' everything that the refresh destroys, no more and no less. Read what is listed, then approve it.", refused.Message);
            Assert.Equal(
                [new Blocker("destroys", "It destroys data.", "data"), new Blocker("destroys", "It destroys test_accounts.", "test_accounts"), new Blocker("destroys", "It destroys sessions.", "sessions")],
                refused.Details);
        }
    }

    [Fact]
    public void What_is_critical_needs_a_second_factor_that_is_fresh()
    {
        Assert.Equal(
            "What this refresh destroys is critical: its approval needs a second factor within the last 15 minutes; this key's record says nothing of one. Have it recorded, then approve.",
            Critical().Approve().Refused!.Message);
        var stale = Critical().Approve(World.Approver with { StepUpAt = World.Now.AddMinutes(-15).AddTicks(-1) }).Refused!;
        Assert.Equal(("step_up_required", RejectionKind.Forbidden), (stale.Code, stale.Kind));
        Assert.Contains("the last one on record was at 2027-01-15T09:44:59.9999999+00:00. Have a new one recorded", stale.Message, StringComparison.Ordinal);
        Assert.Equal(RefreshStatus.Approved, Critical().Approve(World.Approver with { StepUpAt = World.Now.AddMinutes(-15) }).Refresh.Status);
        Assert.Null(In(RefreshStatus.Requested).Approve(World.Approver).Code);

        static RefreshStory Critical() => new RefreshStory().Send(Requester, NewDraft with { WithChildren = true, AtOnce = true });
    }

    [Fact]
    public void What_is_too_late_or_too_long_is_not_approved()
    {
        Assert.Equal("window_past", In(RefreshStatus.Requested).At(4).Approve().Code);
        Assert.Equal("refresh_text_too_long", In(RefreshStatus.Requested).Send(World.Approver, new RefreshCommand.Approve(Destroyed, new string('x', 2001))).Code);
        Assert.Equal("refresh_transition_not_allowed", In(RefreshStatus.Cancelled).Approve().Code);
    }

    [Fact]
    public void A_rejection_says_why_and_the_next_request_forgets_it()
    {
        Assert.Equal("A rejection needs a reason. Give it in 'reason'.", In(RefreshStatus.Requested).Send(World.Approver, new RefreshCommand.Reject("")).Refused!.Message);
        var story = In(RefreshStatus.Requested).Send(World.Approver, new RefreshCommand.Reject("Too early."));
        Assert.Equal((RefreshStatus.Draft, "Too early."), (story.Refresh.Status, story.Refresh.Rejected));
        Assert.Null(story.Send(Requester, new RefreshCommand.Request()).Refresh.Rejected);
    }

    [Fact]
    public void Conflicts_are_accepted_each_once_by_an_approver_with_a_reason()
    {
        var story = In(RefreshStatus.Requested).Accept(Booking, "bkg_2", Booking);
        Assert.Equal([Booking, "bkg_2"], story.Refresh.AcceptedIn(Hours(2, 4)));
        Assert.Equal(new ConflictAcceptance(Booking, Hours(2, 4), World.Approver.Id, "They know."), story.Refresh.Accepted[0]);
        Assert.Empty(story.Accept(Booking).Last.Events);
        Assert.Equal("role_missing", story.Send(Requester, new RefreshCommand.AcceptConflicts([Booking], "fine")).Code);
        Assert.Equal("requester_cannot_approve", story.Send(World.Everything(Requester.Id.Value), new RefreshCommand.AcceptConflicts([Booking], "fine")).Code);
        Assert.Equal("Accepting a conflict needs a reason. Give it in 'reason'.", story.Send(World.Approver, new RefreshCommand.AcceptConflicts([Booking], " ")).Refused!.Message);
        var tooMany = story.Accept([.. Enumerable.Range(0, RefreshDecider.MaxAccepted).Select(i => $"bkg_x{i}")]).Refused!;
        Assert.Equal(("conflicts_too_many", "At most 200 conflicts of a refresh are accepted. Choose another window."), (tooMany.Code, tooMany.Message));
    }

    [Theory]
    [InlineData(RefreshStatus.Draft, "this one is DRAFT. It takes request, cancel.")]
    [InlineData(RefreshStatus.InProgress, "this one is IN_PROGRESS. It takes complete, fail.")]
    [InlineData(RefreshStatus.Cancelled, "this one is CANCELLED. It is closed; draft a new one.")]
    public void Conflicts_of_what_cannot_ask_for_a_slot_are_not_accepted(RefreshStatus status, string told)
    {
        var story = In(status).Accept(Booking);
        Assert.Equal("refresh_not_waiting", story.Code);
        Assert.EndsWith(told, story.Refused!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_accepted_in_a_window_is_forgotten_with_it()
    {
        var story = In(RefreshStatus.Requested).Accept(Booking).Move(Hours(5, 7));
        Assert.Empty(story.Refresh.Accepted);
        Assert.Empty(story.Move(Hours(2, 4)).Refresh.Accepted);
    }

    [Fact]
    public void What_was_accepted_is_forgotten_when_more_is_to_be_destroyed()
    {
        var story = In(RefreshStatus.Requested).Accept(Booking).Send(World.Approver, new RefreshCommand.Reject("Say why."));
        Assert.Equal([Booking], story.Send(Requester, new RefreshCommand.Edit(Reason: "because")).Refresh.AcceptedIn(Hours(2, 4)));
        Assert.Empty(story.Send(Requester, new RefreshCommand.Edit(Type: RefreshType.Reset)).Refresh.Accepted);
    }

    [Fact]
    public void What_a_move_would_meet_is_accepted_for_the_window_it_was_to_go_to()
    {
        var story = In(RefreshStatus.Scheduled).Move(Hours(5, 7)).Refuse().Accept(Booking);
        Assert.Equal([Booking], story.Refresh.AcceptedIn(Hours(5, 7)));
        Assert.Empty(story.Refresh.AcceptedIn(Hours(2, 4)));
        Assert.Equal([Booking], story.Move(Hours(5, 7)).GoOn().Refresh.AcceptedIn(Hours(5, 7)));
    }

    [Fact]
    public void What_a_retry_elsewhere_would_meet_is_accepted_for_there_and_still_is_when_it_has_its_slot()
    {
        var story = In(RefreshStatus.Failed).Send(Everyone, new RefreshCommand.Retry(Hours(5, 7))).Refuse().Accept(Booking);
        Assert.Equal(RefreshStatus.Failed, story.Refresh.Status);
        story.Send(Everyone, new RefreshCommand.Retry(Hours(5, 7))).GoOn();
        Assert.Equal([Booking], story.Refresh.AcceptedIn(story.Refresh.Held!.Window));
    }
}
