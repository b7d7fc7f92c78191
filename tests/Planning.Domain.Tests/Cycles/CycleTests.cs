using Planning.Domain.Cycles;

namespace Planning.Domain.Tests.Cycles;

public class CycleTests
{
    private static readonly CycleCommand.Open Open = new(World.Cycle, "2027-01", new DateOnly(2027, 1, 4), new DateOnly(2027, 1, 17), ["ship"]);

    private static Decision<CycleEvent> Decide(Cycle cycle, CycleCommand command, Actor? by = null) => CycleDecider.Decide(cycle, command, World.By(by ?? World.Lead));

    private static Cycle After(params CycleCommand[] commands) =>
        commands.Aggregate(CycleDecider.Initial, (cycle, c) => Decide(cycle, c).Events.Aggregate(cycle, CycleDecider.Evolve));

    public static TheoryData<string, CycleCommand[], CycleCommand> Refusals() => new()
    {
        { "cycle_exists", [Open], Open },
        { "cycle_name_missing", [], Open with { Name = " " } },
        { "cycle_dates_invalid", [], Open with { EndsOn = new DateOnly(2027, 1, 3) } },
        { "cycle_too_long", [], Open with { EndsOn = new DateOnly(2028, 2, 1) } },
        { "cycle_not_found", [], new CycleCommand.Close([], null, null) },
        { "next_cycle_invalid", [Open], new CycleCommand.Close([], World.Cycle, null) },
        { "next_cycle_missing", [Open], new CycleCommand.Close([new PlanId("pln_1")], null, null) },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_command_that_does_not_fit_is_refused_with_its_code(string code, CycleCommand[] before, CycleCommand command)
    {
        Assert.Equal(code, Decide(After(before), command).Rejection?.Code);
    }

    [Fact]
    public void Closing_lists_the_unfinished_plans_and_where_they_go_on()
    {
        var closed = Assert.IsType<CycleEvent.CycleClosed>(Assert.Single(
            Decide(After(Open), new CycleCommand.Close([new PlanId("pln_1")], new CycleId("cyc_2"), null)).Events));
        Assert.Equal(new PlanId("pln_1"), Assert.Single(closed.CarriedOver));
        Assert.Equal(new CycleId("cyc_2"), closed.NextCycle);
    }

    [Fact]
    public void A_repeated_command_emits_nothing()
    {
        var close = new CycleCommand.Close([], null, null);
        Assert.Empty(Decide(After(Open), Open).Events);
        Assert.Empty(Decide(After(Open, close), close).Events);
    }

    [Fact]
    public void Cycles_are_managed_by_leads_and_release_managers()
    {
        Assert.Equal("role_missing", Decide(CycleDecider.Initial, Open, World.Author).Rejection!.Code);
        Assert.Null(Decide(CycleDecider.Initial, Open, World.Releaser).Rejection);
    }
}
