using System.Collections.Immutable;
using Planning.Artifacts.Documents;
using Planning.Domain.Expressions;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Rulebooks;

/// <summary>Reads <c>kpis.yaml</c>.</summary>
internal static class KpisReader
{
    public static ImmutableArray<KpiDefinition> Read(RulebookFile file) =>
        [.. RulebookFile.Entries(file.Root?["kpis"]).Select(e => ReadKpi(file, e.Key, e.Value)).OfType<KpiDefinition>()];

    private static KpiDefinition? ReadKpi(RulebookFile file, string name, DocumentNode node)
    {
        var formula = file.Formula(node["formula"], KpiScope.Inputs, ExpressionType.Number);
        var target = file.Number(node["target"]);
        KpiDirection? direction = node["direction"]?.AsString switch
        {
            "higher_is_better" => KpiDirection.HigherIsBetter,
            "lower_is_better" => KpiDirection.LowerIsBetter,
            _ => null,
        };
        return formula is null || target is null || direction is null
            ? null
            : new KpiDefinition(name, formula, RulebookFile.Text(node["unit"]) ?? "", target.Value, direction.Value, RulebookFile.Text(node["description"]) ?? "");
    }
}
