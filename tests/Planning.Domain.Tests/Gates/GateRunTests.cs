using Planning.Domain.Gates;
using Planning.Domain.Plans;

namespace Planning.Domain.Tests.Gates;

public class GateRunTests
{
    private static GateRunReport Report(GateOutcome outcome) => new(
        World.Run, new PlanId("pln_1"), "schema_lint", Trigger.ValidateComplete, outcome, World.Hash("c"), World.Rules.Hash, [], [], 0, [], DurationMs: 3);

    private static Decision<GateRunEvent> Finish(GateRun run, GateOutcome outcome, Actor? by = null) =>
        GateRunDecider.Decide(run, new GateRunCommand.Finish(Report(outcome)), World.By(by ?? Actor.System));

    [Theory]
    [InlineData(GateOutcome.Passed, typeof(GateRunEvent.GatePassed))]
    [InlineData(GateOutcome.Failed, typeof(GateRunEvent.GateFailed))]
    [InlineData(GateOutcome.Aborted, typeof(GateRunEvent.GateFailed))]
    public void A_run_ends_with_its_outcome(GateOutcome outcome, Type expected)
    {
        Assert.IsType(expected, Assert.Single(Finish(GateRunDecider.Initial, outcome).Events));
    }

    [Fact]
    public void The_first_outcome_stands_whoever_computed_it()
    {
        var ended = Finish(GateRunDecider.Initial, GateOutcome.Failed).Events.Aggregate(GateRunDecider.Initial, GateRunDecider.Evolve);
        Assert.Empty(Finish(ended, GateOutcome.Failed).Events);
        Assert.Empty(Finish(ended, GateOutcome.Passed).Events);
        Assert.Equal(GateOutcome.Failed, ended.Report!.Outcome);
    }

    [Fact]
    public void Nobody_but_the_backend_says_how_a_run_ended()
    {
        Assert.Equal("role_missing", Finish(GateRunDecider.Initial, GateOutcome.Passed, World.Everything("per_all")).Rejection!.Code);
    }
}
