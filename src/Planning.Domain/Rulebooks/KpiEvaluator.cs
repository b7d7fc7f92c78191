using System.Collections.Immutable;
using Planning.Domain.Expressions;

namespace Planning.Domain.Rulebooks;

public enum KpiStatus
{
    Met = 1,
    Missed,
    NoData,
}

/// <summary>One input of a formula, and where it comes from.</summary>
/// <param name="Value">Of the type that <see cref="KpiScope"/> says.</param>
/// <param name="Sources">Ids of the events that it was computed from.</param>
public sealed record KpiInput(ExpressionValue Value, ImmutableArray<string> Sources);

/// <summary>What a KPI came to.</summary>
/// <param name="Definition">The formula with unit, target and direction.</param>
/// <param name="Value">Exact, not rounded; null when there is no data.</param>
/// <param name="Status">Against the target: a value that equals it has met it.</param>
/// <param name="Inputs">The inputs that the formula names and that were there.</param>
public sealed record KpiResult(KpiDefinition Definition, decimal? Value, KpiStatus Status, ImmutableSortedDictionary<string, KpiInput> Inputs);

/// <summary>Computes a KPI from the inputs of one cycle. The same inputs give the same result for ever.</summary>
public static class KpiEvaluator
{
    /// <param name="inputs">What is known; an input about which nothing was reported is left out, never given as 0.</param>
    public static KpiResult Evaluate(KpiDefinition definition, IReadOnlyDictionary<string, KpiInput> inputs)
    {
        var used = definition.Formula.Names
            .Where(inputs.ContainsKey)
            .ToImmutableSortedDictionary(name => name, name => inputs[name], StringComparer.Ordinal);
        var value = definition.Formula.Evaluate(used.ToDictionary(i => i.Key, i => i.Value.Value)) as ExpressionValue.Number;
        return new KpiResult(definition, value?.Value, StatusOf(definition, value?.Value), used);
    }

    private static KpiStatus StatusOf(KpiDefinition definition, decimal? value) => value is not { } actual
        ? KpiStatus.NoData
        : (definition.Direction == KpiDirection.HigherIsBetter ? actual >= definition.Target : actual <= definition.Target)
            ? KpiStatus.Met
            : KpiStatus.Missed;
}
