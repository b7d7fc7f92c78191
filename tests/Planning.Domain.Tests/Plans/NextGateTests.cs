using Planning.Domain.Plans;

namespace Planning.Domain.Tests.Plans;

public class NextGateTests
{
    [Theory]
    [InlineData(PlanStatus.Planned, "schema_lint", Trigger.ValidateComplete)]
    [InlineData(PlanStatus.ReadyForHandoff, "cross_stream_consistency", Trigger.PackageArtifacts)]
    [InlineData(PlanStatus.Packaged, "parity_coverage", Trigger.BeginExecution)]
    public void A_plan_meets_the_gate_that_a_request_would_start(PlanStatus status, string gate, Trigger trigger)
    {
        var plan = PlanStory.In(status).Plan;

        var next = PlanDecider.NextGate(plan, World.Rules with { Hash = World.Hash("others") }, World.Run, World.Now)!;

        Assert.Equal((gate, trigger, World.Hash("others")), (next.Gate, next.Trigger, next.RulebookHash));
        Assert.Equal((plan.ContentHash, plan.Artifacts.Count), (next.ContentHash, next.Artifacts.Count));
    }

    [Fact]
    public void An_edited_packaged_plan_is_packaged_again()
    {
        var plan = PlanStory.In(PlanStatus.Packaged).Plan with { Manifest = null };

        Assert.Equal(Trigger.PackageArtifacts, PlanDecider.NextGate(plan, World.Rules, World.Run, World.Now)!.Trigger);
    }

    [Theory]
    [InlineData(PlanStatus.Executed)]
    [InlineData(PlanStatus.Validated)]
    [InlineData(PlanStatus.Completed)]
    public void No_gate_stands_before_a_plan_that_is_executed_or_closed(PlanStatus status) =>
        Assert.Null(PlanDecider.NextGate(PlanStory.In(status).Plan, World.Rules, World.Run, World.Now));

    [Fact]
    public void A_plan_that_waits_for_a_run_has_no_other_gate_before_it() =>
        Assert.Null(PlanDecider.NextGate(PlanStory.Begin().Trigger(World.Author, Trigger.ValidateComplete).Plan, World.Rules, World.Run, World.Now));
}
