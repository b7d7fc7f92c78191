using Planning.Domain.Expressions;
using Planning.Domain.Rulebooks;
using Xunit;
using static Planning.Domain.Expressions.ExpressionValue;

namespace Planning.Domain.Tests.Rulebooks;

public sealed class KpiEvaluatorTests
{
    private static readonly Dictionary<string, KpiInput> Inputs = new()
    {
        [KpiScope.CompletedPoints] = new KpiInput(new Numbers([8, 13]), ["evt_1", "evt_2"]),
        [KpiScope.CycleDays] = new KpiInput(new Number(14), ["evt_0"]),
        [KpiScope.GateRunsPassed] = new KpiInput(new Number(19), []),
        [KpiScope.GateRunsFinished] = new KpiInput(new Number(20), []),
        [KpiScope.HandoffsSealed] = new KpiInput(new Number(0), []),
        [KpiScope.HandoffsExecuted] = new KpiInput(new Number(0), []),
        [KpiScope.TaskDays] = new KpiInput(new Numbers([2, 3.5m]), []),
    };

    [Theory]
    [InlineData("sum(completed_points) / cycle_days", 1.5, KpiDirection.HigherIsBetter, 1.5, KpiStatus.Met)]
    [InlineData("sum(completed_points) / cycle_days", 1.6, KpiDirection.HigherIsBetter, 1.5, KpiStatus.Missed)]
    [InlineData("gate_runs_passed / gate_runs_finished * 100", 95, KpiDirection.HigherIsBetter, 95.0, KpiStatus.Met)]
    [InlineData("avg(task_days)", 3, KpiDirection.LowerIsBetter, 2.75, KpiStatus.Met)]
    [InlineData("avg(task_days)", 2.75, KpiDirection.LowerIsBetter, 2.75, KpiStatus.Met)]
    [InlineData("avg(task_days)", 2, KpiDirection.LowerIsBetter, 2.75, KpiStatus.Missed)]
    [InlineData("handoffs_executed / handoffs_sealed * 100", 100, KpiDirection.HigherIsBetter, null, KpiStatus.NoData)]
    [InlineData("defects_escaped / tasks_done * 100", 5, KpiDirection.LowerIsBetter, null, KpiStatus.NoData)]
    public void A_value_is_measured_against_its_target(string formula, double target, KpiDirection direction, double? value, KpiStatus status)
    {
        var result = KpiEvaluator.Evaluate(Kpi(formula, (decimal)target, direction), Inputs);
        Assert.Equal(((decimal?)value, status), (result.Value, result.Status));
    }

    [Fact]
    public void A_result_names_the_inputs_that_it_used_with_their_events()
    {
        var result = KpiEvaluator.Evaluate(Kpi("sum(completed_points) / cycle_days + 0 * defects_escaped", 1, KpiDirection.HigherIsBetter), Inputs);
        Assert.Equal([KpiScope.CompletedPoints, KpiScope.CycleDays], result.Inputs.Keys);
        Assert.Equal(["evt_1", "evt_2"], result.Inputs[KpiScope.CompletedPoints].Sources.AsEnumerable());
        Assert.Equal(KpiStatus.NoData, result.Status);
    }

    private static KpiDefinition Kpi(string text, decimal target, KpiDirection direction) =>
        Formula.TryParse(text, KpiScope.Inputs, ExpressionType.Number, out var formula, out var errors)
            ? new KpiDefinition("kpi", formula, "points", target, direction)
            : throw new InvalidOperationException(string.Join("; ", errors));
}
