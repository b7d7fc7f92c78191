using Planning.Domain.Plans;
using static Planning.Domain.Plans.PlanStatus;

namespace Planning.Domain.Tests.Plans;

public class LifecycleTests
{
    /// <summary>product.md §2, written down once more by hand: a change of the lifecycle has to be made in both places.</summary>
    private static readonly Dictionary<(PlanStatus, Trigger), PlanStatus> Expected = new()
    {
        [(Planned, Trigger.ValidateComplete)] = ReadyForHandoff,
        [(Planned, Trigger.Withdraw)] = Withdrawn,
        [(Planned, Trigger.UpdatePlan)] = Planned,
        [(ReadyForHandoff, Trigger.ValidationFailed)] = Planned,
        [(ReadyForHandoff, Trigger.PackageArtifacts)] = Packaged,
        [(ReadyForHandoff, Trigger.Withdraw)] = Withdrawn,
        [(Packaged, Trigger.BeginExecution)] = Executed,
        [(Packaged, Trigger.Withdraw)] = Withdrawn,
        [(Executed, Trigger.ExecutionFailed)] = Packaged,
        [(Executed, Trigger.ValidateResults)] = Validated,
        [(Validated, Trigger.ValidationFailed)] = Executed,
        [(Validated, Trigger.AnalyzeMetrics)] = Improve,
        [(Validated, Trigger.Withdraw)] = Withdrawn,
        [(Improve, Trigger.CycleComplete)] = Completed,
        [(Improve, Trigger.Withdraw)] = Withdrawn,
    };

    public static TheoryData<PlanStatus, Trigger> Matrix()
    {
        var cases = new TheoryData<PlanStatus, Trigger>();
        foreach (var status in Enum.GetValues<PlanStatus>())
        foreach (var trigger in Enum.GetValues<Trigger>())
            cases.Add(status, trigger);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Every_pair_of_state_and_trigger_moves_as_the_table_says_or_is_refused(PlanStatus from, Trigger trigger)
    {
        var story = PlanStory.In(from);
        if (from == Executed)
            story.Report("rep_1");
        story.Trigger(World.Everything("per_all"), trigger, "because");

        if (!Expected.TryGetValue((from, trigger), out var to))
        {
            Assert.Equal(Lifecycle.IsClosed(from) ? "plan_closed" : "illegal_transition", story.Code);
            Assert.Equal(from, story.Plan.Status);
            return;
        }
        if (story.Plan.Pending is not null)
            story.Pass();
        Assert.Null(story.Code);
        Assert.Equal(to, story.Plan.Status);
    }

    [Fact]
    public void A_refused_trigger_is_answered_with_the_triggers_that_are_allowed()
    {
        var story = PlanStory.In(ReadyForHandoff).Trigger(World.Releaser, Trigger.BeginExecution);
        Assert.Contains("validation_failed, package_artifacts, withdraw", story.Last.Rejection!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_does_not_exist_answers_no_command()
    {
        var decision = PlanDecider.Decide(PlanDecider.Initial, new PlanCommand.RequestTransition(Trigger.ValidateComplete, World.Run), World.By(World.Author));
        Assert.Equal("plan_not_found", decision.Rejection!.Code);
    }

    [Theory]
    [InlineData(Trigger.Withdraw, Planned)]
    [InlineData(Trigger.ValidationFailed, ReadyForHandoff)]
    [InlineData(Trigger.ValidationFailed, Validated)]
    [InlineData(Trigger.ExecutionFailed, Executed)]
    public void What_goes_back_needs_a_reason(Trigger trigger, PlanStatus from)
    {
        Assert.Equal("reason_missing", PlanStory.In(from).Trigger(World.Everything("per_all"), trigger, " ").Code);
    }
}
