using System.Collections.Immutable;
using Planning.Domain.Expressions;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Cycles;

/// <summary>The KPIs of an open cycle: what its digest would say if it closed at this moment, after this event.</summary>
/// <param name="Position">Of the last event of the workspace that is counted.</param>
/// <param name="At">The moment; only its day counts.</param>
public sealed record CycleKpis(
    CycleId Cycle, string Name, DateOnly StartsOn, DateOnly EndsOn, long Position, DateTimeOffset At, ContentHash RulebookHash, ImmutableArray<KpiReading> Kpis)
{
    /// <param name="facts">Of <see cref="CycleFold.Present"/>.</param>
    public static CycleKpis Of(CycleFacts facts, Rulebook rules)
    {
        var inputs = CycleInputs.Of(facts);
        return new(
            facts.Id, facts.Opened.Name, facts.Opened.StartsOn, facts.Opened.EndsOn, facts.Position, facts.ClosedAt, rules.Hash,
            [.. rules.Kpis.Select(kpi => Reading(KpiEvaluator.Evaluate(kpi, inputs)))]);
    }

    private static KpiReading Reading(KpiResult result) => new(
        result.Definition.Name, result.Definition.Description, result.Definition.Formula.Text, result.Definition.Unit, result.Definition.Target,
        result.Definition.Direction, result.Value, result.Status, [.. result.Inputs.Select(i => Reading(i.Key, i.Value))]);

    private static KpiInputReading Reading(string name, KpiInput input) => new(
        name,
        input.Value is ExpressionValue.Number number ? number.Value : null,
        input.Value is ExpressionValue.Numbers numbers ? numbers.Values : null,
        input.Sources.Length);
}

/// <param name="Value">Exact, not rounded; null when there is no data.</param>
public sealed record KpiReading(
    string Name, string Description, string Formula, string Unit, decimal Target, KpiDirection Direction, decimal? Value, KpiStatus Status, ImmutableArray<KpiInputReading> Inputs);

/// <summary>An input of a formula: one number, or one for each task.</summary>
/// <param name="Events">How many events it was computed from; the digest names them.</param>
public sealed record KpiInputReading(string Name, decimal? Value, ImmutableArray<decimal>? Values, int Events);
