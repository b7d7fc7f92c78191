using System.Collections.Immutable;
using Planning.Domain.Plans;

namespace Planning.Domain.Tests.Plans;

public class EditingTests
{
    [Fact]
    public void Changed_content_of_a_packaged_plan_starts_gate_2_and_voids_the_manifest()
    {
        var story = PlanStory.In(PlanStatus.Packaged).Send(World.Author, new PlanCommand.Attach([World.Artifact("be_backlog.yaml", "v2")], new GateRunId("gtr_2")));
        var gate = Assert.IsType<PlanEvent.GateStarted>(story.Last.Events[1]);
        Assert.Equal(("cross_stream_consistency", Trigger.PackageArtifacts), (gate.Gate, gate.Trigger));
        Assert.Null(story.Plan.Manifest);

        var packed = Assert.IsType<PlanEvent.StateTransition>(Assert.Single(story.Pass().Last.Events));
        Assert.Equal((PlanStatus.Packaged, World.Manifest), (packed.ToState, packed.Supersedes));
    }

    [Fact]
    public void A_repackaging_that_failed_can_be_asked_for_again()
    {
        var story = PlanStory.In(PlanStatus.Packaged)
            .Send(World.Author, new PlanCommand.Attach([World.Artifact("be_backlog.yaml", "v2")], new GateRunId("gtr_2"))).Complete(passed: false);
        Assert.Null(story.Plan.Manifest);
        story.Trigger(World.Author, Trigger.PackageArtifacts).Pass();
        Assert.NotNull(story.Plan.Manifest);
    }

    [Fact]
    public void Evidence_mends_gate_3_without_touching_seal_or_approvals()
    {
        var story = PlanStory.In(PlanStatus.Packaged);
        var before = story.Plan.ContentHash;
        story.Send(World.Releaser, new PlanCommand.Attach([World.Artifact("coverage.xml", evidence: true)], World.Run));
        Assert.Single(story.Last.Events);
        Assert.Equal((before, World.Manifest), (story.Plan.ContentHash, story.Plan.Manifest));
    }

    [Theory]
    [InlineData(PlanStatus.ReadyForHandoff)]
    [InlineData(PlanStatus.Executed)]
    [InlineData(PlanStatus.Validated)]
    [InlineData(PlanStatus.Improve)]
    public void Content_is_frozen_where_something_stands_on_it(PlanStatus status)
    {
        var story = PlanStory.In(status);
        Assert.Equal("content_frozen", story.Send(World.Author, new PlanCommand.Update(World.Run, Title: "Other")).Code);
        Assert.Equal("content_frozen", story.Send(World.Author, new PlanCommand.Attach([World.Artifact("new.md")], World.Run)).Code);
    }

    [Fact]
    public void An_artifact_never_turns_from_content_into_evidence()
    {
        var story = PlanStory.Begin().Send(World.Author, new PlanCommand.Attach([World.Artifact("be_backlog.yaml", "v2", evidence: true)], World.Run));
        Assert.Equal("artifact_role_differs", story.Code);
    }

    [Fact]
    public void Tags_of_artifacts_count_and_given_ones_win()
    {
        var facts = new ArtifactFacts(World.Tags(("criticality", "1"), ("compliance", "sox")), new TaskSummary(3, 21, 1));
        var story = PlanStory.Begin()
            .Send(World.Author, new PlanCommand.Update(World.Run, Tags: World.Tags(("criticality", "3"))))
            .Send(World.Author, new PlanCommand.Attach([World.Artifact("be_backlog.yaml", "v2", facts: facts)], World.Run));
        Assert.Equal([new("compliance", "sox"), new("criticality", "3")], story.Plan.Tags.AsEnumerable());
        Assert.Equal(1, story.Plan.Priority);
        Assert.Equal(21, story.Plan.Tasks.Points);
    }

    [Theory]
    [InlineData("2", null, "normal", 2)]
    [InlineData("0", null, "normal", 0)]
    [InlineData("3", 1, "normal", 1)]
    [InlineData("3", null, "emergency", 0)]
    [InlineData("3", null, "normal", 3)]
    public void Priority_is_the_most_urgent_of_criticality_tasks_and_change_type(string criticality, int? task, string change, int expected)
    {
        Assert.Equal(expected, PlanPriority.Of(World.Tags(("criticality", criticality), ("change_type", change)), new TaskSummary(1, 1, task)));
    }

    [Theory]
    [InlineData("title_invalid")]
    [InlineData("priority_invalid")]
    [InlineData("window_invalid")]
    [InlineData("artifact_not_found")]
    public void Bad_edits_are_refused_with_a_code_of_their_own(string code)
    {
        PlanCommand bad = code switch
        {
            "title_invalid" => new PlanCommand.Update(World.Run, Title: new string('x', 201)),
            "priority_invalid" => new PlanCommand.Update(World.Run, Priority: 4),
            "window_invalid" => new PlanCommand.Update(World.Run, Window: new PlanWindow(new DateOnly(2027, 2, 1), new DateOnly(2027, 1, 1))),
            _ => new PlanCommand.Update(World.Run, RemovedArtifacts: ImmutableArray.Create("nowhere.md")),
        };
        Assert.Equal(code, PlanStory.Begin().Send(World.Author, bad).Code);
    }

    [Fact]
    public void An_edit_without_a_change_emits_nothing()
    {
        var story = PlanStory.Begin();
        Assert.Empty(story.Send(World.Author, new PlanCommand.Update(World.Run, Title: "Payments", Tags: World.Tags())).Last.Events);
        Assert.Empty(story.Send(World.Author, new PlanCommand.Attach([World.Artifact("be_backlog.yaml")], World.Run)).Last.Events);
        Assert.Null(story.Code);
    }

    [Fact]
    public void A_plan_goes_on_in_the_next_cycle_until_it_is_closed()
    {
        var next = new PlanCommand.CarryOver(new CycleId("cyc_2"), [World.Cycle]);
        Assert.Equal(new CycleId("cyc_2"), PlanStory.In(PlanStatus.Executed).Send(Actor.System, next).Plan.CycleId);
        Assert.Empty(PlanStory.In(PlanStatus.Completed).Send(Actor.System, next).Last.Events);
    }

    /// <summary>Reactions to the closing of two cycles run side by side, so either may come first.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void However_late_a_cycles_closing_is_carried_out_a_plan_never_goes_back(bool laterFirst)
    {
        var (second, third) = (new CycleId("cyc_2"), new CycleId("cyc_3"));
        var ofFirst = new PlanCommand.CarryOver(second, [World.Cycle]);
        var ofSecond = new PlanCommand.CarryOver(third, [World.Cycle, second]);
        var story = PlanStory.In(PlanStatus.Executed);

        story = laterFirst ? story.Send(Actor.System, ofSecond).Send(Actor.System, ofFirst) : story.Send(Actor.System, ofFirst).Send(Actor.System, ofSecond);

        Assert.Equal(third, story.Plan.CycleId);
    }

    [Fact]
    public void A_plan_holds_a_bounded_number_of_artifacts()
    {
        var many = Enumerable.Range(0, PlanDecider.MaxArtifacts + 1).Select(i => World.Artifact($"a{i}.md")).ToImmutableArray();
        Assert.Equal("too_many_artifacts", PlanStory.Begin().Send(World.Author, new PlanCommand.Attach(many, World.Run)).Code);
    }
}
