using System.Collections.Immutable;
using Planning.Domain.Cycles;
using Planning.Domain.Expressions;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Digests.Sections;

/// <summary>
/// The KPI table. Earlier values are computed anew from the events with the present formulas, not read from earlier
/// digests: a formula may have changed since, and only like is compared with like.
/// </summary>
internal static class KpiSection
{
    public static ImmutableArray<KpiRow> Of(DigestInput input)
    {
        var inputs = input.Closed.Select(facts => (facts.Id, Inputs: CycleInputs.Of(facts))).ToArray();
        return [.. input.Kpis.Select(kpi => Row(kpi))];

        KpiRow Row(KpiDefinition kpi)
        {
            var earlier = inputs[..^1].Select(c => (c.Id, Result: KpiEvaluator.Evaluate(kpi, c.Inputs))).ToArray();
            var present = KpiEvaluator.Evaluate(kpi, inputs[^1].Inputs);
            var values = earlier.Select(e => e.Result.Value).OfType<decimal>().ToArray();
            var usual = UsualRange.Of(values);
            return new KpiRow(
                kpi.Name,
                kpi.Description,
                kpi.Formula.Text,
                kpi.Unit,
                Numbers.Stored(kpi.Target),
                kpi.Direction,
                Numbers.Stored(present.Value),
                present.Status,
                UsualRange.TrendOf(present.Value, values),
                [.. earlier.Select(e => new EarlierValue(e.Id, Numbers.Stored(e.Result.Value), SourcesOf(e.Result)))],
                usual is null ? null : new UsualRange(Numbers.Stored(usual.From), Numbers.Stored(usual.To)),
                Review: usual is not null && present.Value is { } value && !usual.Holds(value),
                [.. present.Inputs.Select(i => InputOf(i.Key, i.Value))],
                SourcesOf(present));
        }
    }

    private static ImmutableArray<string> SourcesOf(KpiResult result) => [.. result.Inputs.Values.SelectMany(i => i.Sources).Distinct(StringComparer.Ordinal)];

    private static InputRow InputOf(string name, KpiInput input) => new(
        name,
        input.Value is ExpressionValue.Number number ? Numbers.Stored(number.Value) : null,
        input.Value is ExpressionValue.Numbers numbers ? [.. numbers.Values.Select(v => Numbers.Stored(v))] : null,
        input.Sources);
}
