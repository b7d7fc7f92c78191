using Planning.Domain.Plans;

namespace Planning.Domain.Tests.Plans;

public class GateTransitionTests
{
    [Fact]
    public void A_gated_transition_is_pending_until_its_run_ends()
    {
        var story = PlanStory.Begin().Trigger(World.Author, Trigger.ValidateComplete);
        var started = Assert.IsType<PlanEvent.GateStarted>(Assert.Single(story.Last.Events));
        Assert.Equal("schema_lint", started.Gate);
        Assert.Equal(World.Hash("v1"), started.Artifacts["be_backlog.yaml"]);
        Assert.Equal(PlanStatus.Planned, story.Plan.Status);
        Assert.Equal(Trigger.ValidateComplete, story.Plan.Pending!.Trigger);
    }

    [Fact]
    public void A_second_transition_is_refused_while_one_is_pending()
    {
        var story = PlanStory.Begin().Trigger(World.Author, Trigger.ValidateComplete);
        story.Send(World.Author, new PlanCommand.RequestTransition(Trigger.ValidateComplete, new GateRunId("gtr_2")));
        Assert.Equal("transition_pending", story.Code);
    }

    [Fact]
    public void Edits_are_refused_while_a_gate_looks_at_the_content()
    {
        var story = PlanStory.Begin().Trigger(World.Author, Trigger.ValidateComplete);
        Assert.Equal("transition_pending", story.Send(World.Author, new PlanCommand.Update(World.Run, Title: "Other")).Code);
        Assert.Equal("transition_pending", story.Send(World.Author, new PlanCommand.Attach([World.Artifact("a.md")], World.Run)).Code);
    }

    [Fact]
    public void A_failed_gate_leaves_the_plan_where_it_was_and_says_why()
    {
        var story = PlanStory.Begin().Trigger(World.Author, Trigger.ValidateComplete)
            .Complete(passed: false, blockers: new Blocker("finding", "be_backlog.yaml:3:5 …", "schema_lint"));
        var stayed = Assert.IsType<PlanEvent.StateTransition>(Assert.Single(story.Last.Events));
        Assert.Equal(TransitionOutcome.Stayed, stayed.Outcome);
        Assert.Equal("finding", Assert.Single(stayed.Blockers!.Value).Code);
        Assert.Equal(PlanStatus.Planned, story.Plan.Status);
        Assert.Null(story.Plan.Pending);
    }

    [Fact]
    public void The_outcome_of_a_run_that_nobody_waits_for_changes_nothing()
    {
        var story = PlanStory.Begin().Trigger(World.Author, Trigger.ValidateComplete);
        story.Trigger(World.Lead, Trigger.Withdraw, "changed our minds");
        Assert.Equal(PlanStatus.Withdrawn, story.Plan.Status);
        Assert.Empty(story.Complete(passed: true).Last.Events);
        Assert.Equal(PlanStatus.Withdrawn, story.Plan.Status);
    }

    [Fact]
    public void Only_the_backend_itself_completes_a_transition()
    {
        var story = PlanStory.Begin().Trigger(World.Author, Trigger.ValidateComplete);
        story.Send(World.Everything("per_all"), new PlanCommand.CompleteTransition(World.Run, Passed: true, [], null, World.Manifest));
        Assert.Equal("role_missing", story.Code);
    }

    [Fact]
    public void A_transition_never_passes_under_other_rules_than_its_run_saw()
    {
        var story = PlanStory.Begin().Trigger(World.Author, Trigger.ValidateComplete);
        var decision = PlanDecider.Decide(
            story.Plan,
            new PlanCommand.CompleteTransition(World.Run, Passed: true, [], null, World.Manifest),
            World.By(Actor.System, World.Rules with { Hash = World.Hash("newer") }));
        var stayed = Assert.IsType<PlanEvent.StateTransition>(Assert.Single(decision.Events));
        Assert.Equal(("rulebook_changed", PlanStatus.Planned), (stayed.Blockers!.Value.Single().Code, stayed.ToState));
    }

    [Fact]
    public void Packaging_names_the_manifest_that_its_run_leads_to()
    {
        Assert.Equal(World.Manifest, PlanStory.In(PlanStatus.Packaged).Plan.Manifest);
    }

    [Fact]
    public void Execution_does_not_begin_without_a_seal()
    {
        var story = PlanStory.In(PlanStatus.Packaged).Trigger(World.Releaser, Trigger.BeginExecution).Pass(isSealed: false);
        var stayed = Assert.IsType<PlanEvent.StateTransition>(Assert.Single(story.Last.Events));
        Assert.Equal("manifest_not_sealed", stayed.Blockers!.Value.Single().Code);
        Assert.Equal(PlanStatus.Packaged, story.Plan.Status);
    }
}
