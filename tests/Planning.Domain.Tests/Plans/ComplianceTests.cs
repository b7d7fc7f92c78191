using Planning.Domain.Governance;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Domain.Tests.Governance;

namespace Planning.Domain.Tests.Plans;

/// <summary>A plan that is being executed is told to look at the rules again.</summary>
public sealed class ComplianceTests
{
    private static readonly Rulebook Strict = With(new EmergencyContactGiven());
    private static readonly Rulebook Stricter = With(new EmergencyContactGiven(), new RollbackPlanAttached());

    [Theory]
    [InlineData(PlanStatus.Executed)]
    [InlineData(PlanStatus.Validated)]
    [InlineData(PlanStatus.Improve)]
    public void What_is_missing_is_recorded_once(PlanStatus status)
    {
        var story = PlanStory.In(status);

        var recorded = Assert.IsType<PlanEvent.GovernanceViolation>(Assert.Single(Check(story.Plan, Strict).Events));
        var after = PlanDecider.Evolve(story.Plan, recorded);

        Assert.Equal((true, Trigger.BeginExecution, story.Plan.ContentHash, Strict.Hash), (recorded.Enforced, recorded.Trigger, recorded.ContentHash, recorded.RulebookHash));
        Assert.Equal(["emergency_contact_missing"], recorded.Violations.Select(v => v.Code));
        Assert.Equal(status, after.Status);
        Assert.Empty(Check(after, Strict).Events);
        Assert.Empty(Check(after, Strict with { Hash = World.Hash("the same in other words") }).Events);
    }

    [Fact]
    public void More_that_is_missing_is_another_violation_and_so_is_the_same_in_the_next_execution()
    {
        var story = PlanStory.In(PlanStatus.Executed);
        var broken = PlanDecider.Evolve(story.Plan, Check(story.Plan, Strict).Events.Single());

        Assert.Equal(2, ((PlanEvent.GovernanceViolation)Assert.Single(Check(broken, Stricter).Events)).Violations.Length);

        var again = After(broken, World.Releaser, new PlanCommand.RequestTransition(Trigger.ExecutionFailed, World.Run, "broke"));
        again = After(again, World.Releaser, new PlanCommand.RequestTransition(Trigger.BeginExecution, new GateRunId("gtr_2")));
        again = After(again, Actor.System, new PlanCommand.CompleteTransition(new GateRunId("gtr_2"), true, [], new ManifestFacts(World.Manifest, true, []), World.Manifest));
        Assert.Equal(PlanStatus.Executed, again.Status);
        Assert.Single(Check(again, Strict).Events);
    }

    [Fact]
    public void Rules_that_only_warn_are_recorded_as_warnings()
    {
        var warning = Strict with
        {
            Governance = Strict.Governance with { Rules = [.. Strict.Governance.Rules.Select(r => r with { Mode = RuleMode.Warn })] },
        };

        Assert.False(((PlanEvent.GovernanceViolation)Assert.Single(Check(PlanStory.In(PlanStatus.Executed).Plan, warning).Events)).Enforced);
    }

    [Theory]
    [InlineData(PlanStatus.Planned)]
    [InlineData(PlanStatus.Packaged)]
    [InlineData(PlanStatus.Completed)]
    [InlineData(PlanStatus.Withdrawn)]
    public void A_plan_that_is_not_being_executed_has_nothing_to_record(PlanStatus status) => Assert.Empty(Check(PlanStory.In(status).Plan, Strict).Events);

    [Fact]
    public void A_plan_that_has_all_that_is_asked_for_records_nothing() => Assert.Empty(Check(PlanStory.In(PlanStatus.Executed).Plan, World.Rules).Events);

    [Fact]
    public void Nobody_but_the_backend_itself_may_ask() =>
        Assert.Equal("role_missing", PlanDecider.Decide(PlanStory.In(PlanStatus.Executed).Plan, Command(Strict), World.By(World.Everything("per_all"), Strict)).Rejection?.Code);

    private static Plan After(Plan plan, Actor actor, PlanCommand command) => PlanDecider.Decide(plan, command, World.By(actor)).Events.Aggregate(plan, PlanDecider.Evolve);

    private static Decision<PlanEvent> Check(Plan plan, Rulebook rules) => PlanDecider.Decide(plan, Command(rules), World.By(Actor.System, rules));

    private static PlanCommand.CheckCompliance Command(Rulebook rules) => new(rules.Hash, World.Now);

    private static Rulebook With(params IRequirement[] requirements) => World.Rules with
    {
        Hash = World.Hash($"{requirements.Length} requirements"),
        Governance = World.Rules.Governance with { Rules = [Rules.Rule("strict", "plan.priority >= 0", [.. requirements])] },
    };
}
