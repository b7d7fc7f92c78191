using Planning.Domain.Plans;

namespace Planning.Domain.Tests.Plans;

public class ApprovalTests
{
    private static readonly PlanCommand Approve = new PlanCommand.Approve(ApprovalKind.Approval, Verdict.Approved);

    [Fact]
    public void The_author_never_approves_whatever_roles_they_have()
    {
        Assert.Equal("author_cannot_approve", PlanStory.Begin().Send(World.Everything("per_author"), Approve).Code);
    }

    [Fact]
    public void A_service_never_approves()
    {
        var service = new Actor(new PersonId("svc"), ActorKind.Service, [Role.Approver]);
        Assert.Equal("person_required", PlanStory.Begin().Send(service, Approve).Code);
    }

    [Fact]
    public void An_approval_binds_to_the_content_that_was_seen()
    {
        var story = PlanStory.Begin();
        var seen = story.Plan.ContentHash;
        story.Send(World.Author, new PlanCommand.Attach([World.Artifact("be_backlog.yaml", "v2")], World.Run));
        Assert.Equal("content_changed", story.Send(World.Approver, new PlanCommand.Approve(ApprovalKind.Approval, Verdict.Approved, seen)).Code);
    }

    [Fact]
    public void An_edit_leaves_approvals_behind_on_the_old_content()
    {
        var story = PlanStory.Begin().Send(World.Approver, Approve);
        story.Send(World.Author, new PlanCommand.Attach([World.Artifact("be_backlog.yaml", "v2")], World.Run));
        Assert.NotEqual(story.Plan.ContentHash, Assert.Single(story.Plan.Approvals).ContentHash);
    }

    [Fact]
    public void Approving_twice_counts_once_and_a_change_of_mind_counts()
    {
        var story = PlanStory.Begin().Send(World.Approver, Approve);
        Assert.Empty(story.Send(World.Approver, Approve).Last.Events);
        story.Send(World.Approver, new PlanCommand.Approve(ApprovalKind.Approval, Verdict.Rejected, Comment: "no tests"));
        Assert.Equal(Verdict.Rejected, Assert.Single(story.Plan.Approvals).Verdict);
    }

    [Fact]
    public void A_rejection_needs_its_reason()
    {
        Assert.Equal("reason_missing", PlanStory.Begin().Send(World.Approver, new PlanCommand.Approve(ApprovalKind.Approval, Verdict.Rejected)).Code);
    }

    [Fact]
    public void Board_decisions_are_for_the_board()
    {
        var board = new PlanCommand.Approve(ApprovalKind.BoardDecision, Verdict.Approved);
        Assert.Equal("role_missing", PlanStory.Begin().Send(World.Approver, board).Code);
        Assert.Null(PlanStory.Begin().Send(World.Board, board).Code);
    }

    [Fact]
    public void Approvals_come_before_execution()
    {
        Assert.Equal("approval_late", PlanStory.In(PlanStatus.Executed).Send(World.Approver, Approve).Code);
    }

    [Theory]
    [InlineData("author_cannot_waive")]
    [InlineData("reason_missing")]
    [InlineData("waiver_expired")]
    [InlineData("gate_unknown")]
    public void A_waiver_is_refused_with_a_code_of_its_own(string code)
    {
        var actor = code == "author_cannot_waive" ? World.Everything("per_author") : World.Lead;
        var waiver = new PlanCommand.Waive(
            code == "gate_unknown" ? "no_gate" : "schema_lint", "f1",
            code == "reason_missing" ? "" : "accepted risk",
            code == "waiver_expired" ? World.Now : World.Now.AddDays(7));
        Assert.Equal(code, PlanStory.Begin().Send(actor, waiver).Code);
    }

    [Fact]
    public void A_gate_run_sees_the_waivers_that_hold_and_no_expired_ones()
    {
        var story = PlanStory.Begin().Send(World.Lead, new PlanCommand.Waive("schema_lint", "f1", "accepted", World.Now.AddDays(1)));
        var request = new PlanCommand.RequestTransition(Trigger.ValidateComplete, World.Run);
        var now = PlanDecider.Decide(story.Plan, request, World.By(World.Author));
        var later = PlanDecider.Decide(story.Plan, request, World.By(World.Author) with { At = World.Now.AddDays(1) });
        Assert.Single(Assert.IsType<PlanEvent.GateStarted>(now.Events[0]).Waivers);
        Assert.Empty(Assert.IsType<PlanEvent.GateStarted>(later.Events[0]).Waivers);
    }
}
