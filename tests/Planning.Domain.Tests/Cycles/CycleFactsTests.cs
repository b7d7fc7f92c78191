using Planning.Domain.Cycles;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Xunit;

namespace Planning.Domain.Tests.Cycles;

public sealed class CycleFactsTests
{
    private static IEnumerable<string> Done(CycleFacts facts) => facts.TasksDone.Select(t => t.TaskId);

    [Fact]
    public void A_task_counts_in_the_cycle_in_which_its_report_arrived_and_never_again()
    {
        var story = new Story().Open("c1").Plan("p", "c1").Report("p", ("T1", 3, 1.0)).Open("c2", "c1").Close("c1", "c2")
            .CarryOver("p", "c2").Report("p", ("T1", 3, 2.0), ("T2", 5, 3.0)).Close("c2");
        var closed = Story.Fold(story.Events).Closed;
        Assert.Equal(["T1"], Done(closed[0]));
        Assert.Equal(["T2"], Done(closed[1]));
        Assert.Equal((1, 3m), (closed[1].Plans[0].TasksDoneBefore, closed[1].Plans[0].PointsDoneBefore));
    }

    [Fact]
    public void The_last_report_of_a_task_counts()
    {
        var facts = new Story().Open("c").Plan("p", "c").Report("p", ("T1", 3, 1.0)).Report("p", ("T1", 5, 4.0)).Close("c").Last;
        var task = Assert.Single(facts.TasksDone);
        Assert.Equal((5m, 4m), (task.Points, task.Days));
    }

    [Fact]
    public void A_task_that_was_opened_again_is_not_done()
    {
        var facts = new Story().Open("c").Plan("p", "c").Report("p", ("T1", 3, 1.0)).Report("p", ("T1", 3, null)).Close("c").Last;
        Assert.Empty(facts.TasksDone);
    }

    [Fact]
    public void What_is_reported_between_the_close_and_the_carry_over_counts_in_the_next_cycle()
    {
        var story = new Story().Open("c1").Plan("p", "c1").Open("c2").Close("c1", "c2").Report("p", ("T1", 3, 1.0)).CarryOver("p", "c2").Close("c2");
        var closed = Story.Fold(story.Events).Closed;
        Assert.Empty(closed[0].TasksDone);
        Assert.Equal(["T1"], Done(closed[1]));
    }

    [Fact]
    public void A_defect_of_a_completed_plan_counts_in_the_cycle_that_follows_even_if_that_is_opened_later()
    {
        var story = new Story().Open("c1").Plan("p", "c1").Executed("p").Completed("p").Close("c1").Defects("p", "D1").Open("c2", follows: "c1").Defects("p", "D1", "D2").Close("c2");
        var facts = story.Last;
        Assert.Equal(["D1", "D2"], facts.Defects.Select(d => d.Defect.DefectId));
        Assert.False(Assert.Single(facts.Plans).Belongs);
        Assert.Empty(facts.OwnPlans);
    }

    [Fact]
    public void Unfinished_plans_go_on_in_the_next_cycle_and_finished_ones_stay()
    {
        var story = new Story().Open("c1").Plan("open", "c1").Plan("done", "c1").Completed("done").Open("c2").Close("c1", "c2").Plan("late", "c1");
        Assert.Equal([(new PlanId("open"), new CycleId("c2")), (new PlanId("late"), new CycleId("c2"))], Story.Fold(story.Events).Stragglers.Select(s => (s.Plan, s.GoesOnIn)));
        story.CarryOver("open", "c2").Close("c2");
        Assert.Equal(["open", "late"], story.Last.OwnPlans.Select(p => p.Id.Value));
        Assert.Equal(new CycleId("c1"), story.Last.Plans[0].CarriedFrom);
    }

    [Fact]
    public void Plans_wait_in_a_closed_cycle_until_one_follows_it()
    {
        var story = new Story().Open("c1").Close("c1").Plan("late", "c1");
        Assert.Empty(Story.Fold(story.Events).Stragglers);
        story.Open("c2", follows: "c1");
        Assert.Equal([(new PlanId("late"), new CycleId("c2"))], Story.Fold(story.Events).Stragglers.Select(s => (s.Plan, s.GoesOnIn)));
    }

    [Fact]
    public void Cycles_that_name_each_other_as_next_lead_nowhere_and_end()
    {
        var story = new Story().Open("c1").Open("c2").Plan("p", "c1").Close("c1", "c2").Close("c2", "c1").Report("p", ("T", 1, 1.0));
        Assert.Empty(Story.Fold(story.Events).Stragglers);
    }

    [Fact]
    public void Only_the_last_four_closed_cycles_are_kept()
    {
        var story = new Story();
        foreach (var n in Enumerable.Range(1, 6))
            story.Open($"c{n}").Close($"c{n}");
        Assert.Equal(["c3", "c4", "c5", "c6"], Story.Fold(story.Events).Closed.Select(c => c.Id.Value));
    }

    [Fact]
    public void A_superseded_manifest_was_sealed_but_not_executed()
    {
        var facts = new Story().Open("c").Plan("p", "c").Packed("p", "m1").Sealed("m1").Packed("p", "m2").Sealed("m2").Executed("p").Close("c").Last;
        Assert.Equal([("m1", false), ("m2", true)], facts.Handoffs.Select(h => (h.Manifest.Value, h.Executed)));
    }

    [Fact]
    public void A_manifest_counts_as_executed_only_in_the_cycle_in_which_it_was_sealed()
    {
        var story = new Story().Open("c1").Plan("p", "c1").Packed("p", "m").Sealed("m").Open("c2").Close("c1", "c2").CarryOver("p", "c2").Executed("p").Close("c2");
        var closed = Story.Fold(story.Events).Closed;
        Assert.False(Assert.Single(closed[0].Handoffs).Executed);
        Assert.Empty(closed[1].Handoffs);
    }

    [Fact]
    public void A_timeline_begins_with_the_first_execution_and_ends_with_the_validation_that_held()
    {
        var window = new PlanWindow(new DateOnly(2027, 1, 2), new DateOnly(2027, 1, 3));
        var story = new Story().Open("c").Plan("p", "c", window).Executed("p");
        var began = story.Events[^1].At;
        story.Move("p", Trigger.ExecutionFailed, PlanStatus.Executed, PlanStatus.Packaged).Executed("p")
            .Move("p", Trigger.ValidateResults, PlanStatus.Executed, PlanStatus.Validated);
        var validated = story.Events[^1].At;
        Assert.Equal((window, began, validated), Times(story.Close("c").Last));
        story = new Story().Open("c").Plan("p", "c").Executed("p").Move("p", Trigger.ValidateResults, PlanStatus.Executed, PlanStatus.Validated)
            .Move("p", Trigger.ValidationFailed, PlanStatus.Validated, PlanStatus.Executed).Close("c");
        Assert.Null(Times(story.Last).Ended);

        static (PlanWindow? Window, DateTimeOffset? Began, DateTimeOffset? Ended) Times(CycleFacts facts) =>
            (facts.Plans[0].Timeline.Window, facts.Plans[0].Timeline.Began, facts.Plans[0].Timeline.Ended);
    }

    [Fact]
    public void Events_after_the_close_change_nothing()
    {
        var story = new Story().Open("c").Plan("p", "c").Gate("p", "gate_1", GateOutcome.Passed).Close("c");
        var before = CycleInputs.Of(story.Last);
        story.Gate("p", "gate_1", GateOutcome.Failed).Report("p", ("T", 1, 1.0));
        Assert.Equal(before.Keys, CycleInputs.Of(story.Last).Keys);
        Assert.Single(story.Last.GateRuns);
    }

    [Fact]
    public void An_event_that_was_read_already_is_refused()
    {
        var story = new Story().Open("c").Plan("p", "c");
        Assert.Throws<ArgumentException>(() => Story.Fold(story.Events.Append(story.Events[0])));
    }

    [Fact]
    public void An_unknown_event_is_refused() =>
        Assert.Throws<System.Diagnostics.UnreachableException>(() => Story.Fold(new Story().Add(default, "surprise").Events));
}
