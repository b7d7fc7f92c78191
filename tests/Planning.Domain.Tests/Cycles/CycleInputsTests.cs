using Planning.Domain.Cycles;
using Planning.Domain.Expressions;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Xunit;
using static Planning.Domain.Expressions.ExpressionValue;

namespace Planning.Domain.Tests.Cycles;

public sealed class CycleInputsTests
{
    private static ExpressionValue? Input(Story story, string name) => CycleInputs.Of(story.Last).GetValueOrDefault(name)?.Value;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(15, 15)]
    [InlineData(0, null)]
    public void Cycle_days_count_the_first_and_the_last_day(int days, int? expected) =>
        Assert.Equal(expected is { } n ? new Number(n) : null, Input(new Story().Open("c").Close("c", days: days), KpiScope.CycleDays));

    [Fact]
    public void A_cached_run_counts_and_an_aborted_one_does_not()
    {
        var story = new Story().Open("c").Plan("p", "c")
            .Gate("p", "gate_1", GateOutcome.Failed).Gate("p", "gate_1", GateOutcome.Passed, cached: true).Gate("p", "gate_2", GateOutcome.Aborted).Close("c");
        Assert.Equal(new Number(1), Input(story, KpiScope.GateRunsPassed));
        Assert.Equal(new Number(2), Input(story, KpiScope.GateRunsFinished));
    }

    [Fact]
    public void A_cycle_in_which_nothing_was_reported_has_no_figures_but_its_days()
    {
        var story = new Story().Open("c").Plan("p", "c").Gate("p", "gate_1", GateOutcome.Aborted).Close("c");
        Assert.Equal([KpiScope.CycleDays], CycleInputs.Of(story.Last).Keys);
    }

    [Fact]
    public void Reports_that_name_no_done_task_say_zero()
    {
        var story = new Story().Open("c").Plan("p", "c").Report("p", ("T1", 3, null)).Close("c");
        Assert.Equal(new Number(0), Input(story, KpiScope.TasksDone));
        Assert.Equal(new Numbers([]), Input(story, KpiScope.CompletedPoints));
        Assert.Equal(new Number(0), Input(story, KpiScope.DefectsEscaped));
    }

    [Fact]
    public void A_missing_estimate_is_not_zero()
    {
        var some = new Story().Open("c").Plan("p", "c").Report("p", ("T1", 3, 1.0), ("T2", null, 2.5)).Close("c");
        Assert.Equal(new Numbers([3]), Input(some, KpiScope.CompletedPoints));
        Assert.Equal(new Numbers([1, 2.5m]), Input(some, KpiScope.TaskDays));
        var none = new Story().Open("c").Plan("p", "c").Report("p", ("T1", null, 1.0)).Close("c");
        Assert.Null(Input(none, KpiScope.CompletedPoints));
        Assert.Equal(new Number(1), Input(none, KpiScope.TasksDone));
    }

    [Fact]
    public void A_defect_that_is_reported_again_counts_once()
    {
        var story = new Story().Open("c").Plan("p", "c").Plan("q", "c").Executed("p").Defects("p", "D1").Defects("p", "D1", "D2").Defects("q", "D1").Close("c");
        Assert.Equal(new Number(3), Input(story, KpiScope.DefectsEscaped));
    }

    [Fact]
    public void Sources_are_named_once_and_in_the_order_of_the_log()
    {
        var story = new Story().Open("c").Plan("p", "c").Report("p", ("T1", 3, 1.0)).Report("p", ("T2", 3, 1.0)).Close("c");
        Assert.Equal(["evt_1", "evt_2", "evt_3", "evt_4", "evt_5"], CycleInputs.Of(story.Last)[KpiScope.TasksDone].Sources.AsEnumerable());
        Assert.Equal(["evt_1", "evt_5"], CycleInputs.Of(story.Last)[KpiScope.CycleDays].Sources.AsEnumerable());
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_events_that_an_input_names_alone_give_the_same_input(int seed)
    {
        var story = RandomStory.Write(seed);
        foreach (var facts in Story.Fold(story.Events).Closed)
        {
            foreach (var (name, input) in CycleInputs.Of(facts))
            {
                var named = input.Sources.ToHashSet();
                var again = CycleInputs.Of(Story.Fold(story.Events.Where(e => named.Contains(e.EventId))).Closed.Single(c => c.Id == facts.Id));
                Assert.Equal(input.Value, again[name].Value);
                Assert.Equal(input.Sources.AsEnumerable(), again[name].Sources.AsEnumerable());
            }
        }
    }
}
