using System.Collections.Immutable;
using Planning.Domain.Cycles;
using Planning.Domain.Governance;
using Planning.Domain.Rulebooks;
using Xunit;

namespace Planning.Domain.Tests.Cycles;

public sealed class CycleDeciderTests
{
    private static readonly ContentHash RulesHash = new("sha256:" + new string('1', 64));
    private static readonly CycleCommand.Open Open = new(new CycleId("c1"), "January", new DateOnly(2027, 1, 1), new DateOnly(2027, 1, 15), ["Ship"]);
    private static readonly CycleCommand.Close CloseEmpty = new([], null, null);
    private static readonly CycleCommand.Close CloseWithPlans = new([new PlanId("p")], new CycleId("c2"), null);

    public static TheoryData<CycleCommand> Commands => [Open, CloseEmpty, CloseWithPlans];

    private static Issued By(Role role) => new(
        new Actor(new PersonId("usr_lead"), ActorKind.Person, [role]),
        new DateTimeOffset(2027, 1, 15, 10, 0, 0, TimeSpan.Zero),
        new Rulebook(RulesHash, [], new GovernanceRules([]), [], new SealingPolicy(SealAlgorithm.RsaSha256, []), []));

    private static Cycle After(params IEnumerable<CycleCommand> commands) => commands.Aggregate(CycleDecider.Initial, (cycle, command) =>
        CycleDecider.Decide(cycle, command, By(Role.PlanningLead)).Events.Aggregate(cycle, CycleDecider.Evolve));

    private static string? Code(Cycle cycle, CycleCommand command, Role by = Role.PlanningLead) => CycleDecider.Decide(cycle, command, By(by)).Rejection?.Code;

    [Fact]
    public void Closing_records_the_day_the_rules_and_where_the_open_plans_go()
    {
        var closed = Assert.IsType<CycleEvent.CycleClosed>(Assert.Single(CycleDecider.Decide(After(Open), CloseWithPlans, By(Role.ReleaseManager)).Events));
        Assert.Equal((new DateOnly(2027, 1, 15), RulesHash, new CycleId("c2")), (closed.ClosedOn, closed.RulebookHash, closed.NextCycle));
        Assert.Equal(new PlanId("p"), Assert.Single(closed.CarriedOver));
    }

    [Fact]
    public void The_next_cycle_is_kept_also_when_no_plan_was_known_to_be_open()
    {
        var closed = Assert.IsType<CycleEvent.CycleClosed>(
            Assert.Single(CycleDecider.Decide(After(Open), CloseEmpty with { NextCycle = new CycleId("c2") }, By(Role.PlanningLead)).Events));
        Assert.Equal(new CycleId("c2"), closed.NextCycle);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_repeated_close_emits_nothing_and_a_repeated_open_is_refused(CycleCommand command)
    {
        var cycle = command is CycleCommand.Open ? After(command) : After(Open, command);
        var again = CycleDecider.Decide(cycle, command, By(Role.PlanningLead));
        Assert.Empty(again.Events);
        Assert.Equal(command is CycleCommand.Open ? "cycle_exists" : null, again.Rejection?.Code);
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        Assert.Equal("cycle_not_found", Code(Cycle.None, CloseEmpty));
        Assert.Equal("next_cycle_missing", Code(After(Open), CloseWithPlans with { NextCycle = null }));
        Assert.Equal("next_cycle_invalid", Code(After(Open), CloseWithPlans with { NextCycle = new CycleId("c1") }));
        Assert.Equal("cycle_name_missing", Code(Cycle.None, Open with { Name = " " }));
        Assert.Equal("cycle_dates_invalid", Code(Cycle.None, Open with { EndsOn = new DateOnly(2026, 12, 31) }));
        Assert.Equal("cycle_too_long", Code(Cycle.None, Open with { EndsOn = new DateOnly(2028, 1, 2) }));
        Assert.Null(Code(Cycle.None, Open with { EndsOn = new DateOnly(2028, 1, 1) }));
        Assert.Equal("role_missing", Code(Cycle.None, Open, Role.Planner));
    }

    [Fact]
    public void A_cycle_is_open_between_its_two_events() =>
        Assert.Equal((false, true, false), (Cycle.None.IsOpen, After(Open).IsOpen, After(Open, CloseEmpty).IsOpen));
}
