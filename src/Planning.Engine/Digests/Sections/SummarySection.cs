using System.Collections.Immutable;
using Planning.Domain.Cycles;
using Planning.Domain.Expressions;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Digests.Sections;

/// <summary>The cycle in a few numbers and sentences.</summary>
internal static class SummarySection
{
    /// <summary>Inputs that are of interest by themselves.</summary>
    private static readonly string[] Shown =
        [KpiScope.CycleDays, KpiScope.TasksDone, KpiScope.CompletedPoints, KpiScope.GateRunsFinished, KpiScope.HandoffsSealed, KpiScope.DefectsEscaped];

    public static ImmutableArray<Figure> FiguresOf(CycleFacts facts)
    {
        var inputs = CycleInputs.Of(facts);
        return
        [
            .. Shown.Where(inputs.ContainsKey).Select(name => new Figure(name, Sum(inputs[name].Value), inputs[name].Sources)),
            .. PlanFigures(facts),
        ];
    }

    public static ImmutableArray<Highlight> HighlightsOf(CycleFacts facts, ImmutableArray<KpiRow> kpis) =>
    [
        .. PlanFigures(facts).Where(f => f.Value > 0 && MarkOf(f.Name) is not null).Select(f =>
            new Highlight(MarkOf(f.Name)!.Value, $"{Count(f.Value, "plan")} {Spoken(f.Name)}", f.Sources)),
        .. KpiHighlight(kpis, KpiStatus.Met, Mark.Good, "met"),
        .. KpiHighlight(kpis, KpiStatus.Missed, Mark.Bad, "missed"),
        .. KpiHighlight(kpis, KpiStatus.NoData, Mark.Pending, "without data"),
    ];

    public static string Count(decimal number, string noun) => $"{Numbers.Text(number)} {noun}{(number == 1 ? "" : "s")}";

    private static IEnumerable<Figure> PlanFigures(CycleFacts facts)
    {
        var own = facts.OwnPlans.ToArray();
        if (own.Length == 0)
            return [];
        var sources = own.SelectMany(p => p.Sources).Ids();
        return
        [
            new Figure("plans", own.Length, sources),
            new Figure("plans_completed", own.Count(p => p.Status == PlanStatus.Completed), sources),
            new Figure("plans_withdrawn", own.Count(p => p.Status == PlanStatus.Withdrawn), sources),
            new Figure("plans_carried_over", own.Count(p => p.Unfinished), sources),
        ];
    }

    private static IEnumerable<Highlight> KpiHighlight(ImmutableArray<KpiRow> kpis, KpiStatus status, Mark mark, string verdict)
    {
        var rows = kpis.Where(k => k.Status == status).ToArray();
        if (rows.Length == 0)
            return [];
        var sources = rows.SelectMany(k => k.Sources).Distinct(StringComparer.Ordinal).ToImmutableArray();
        return [new Highlight(mark, $"{rows.Length} of {Count(kpis.Length, "KPI")} {verdict}: {string.Join(", ", rows.Select(k => k.Name))}", sources)];
    }

    private static Mark? MarkOf(string figure) => figure switch
    {
        "plans_completed" => Mark.Good,
        "plans_withdrawn" => Mark.Bad,
        "plans_carried_over" => Mark.Pending,
        _ => null,
    };

    private static string Spoken(string figure) => figure["plans_".Length..].Replace('_', ' ');

    private static decimal Sum(ExpressionValue value) => Numbers.Stored(value is ExpressionValue.Numbers list ? list.Values.Sum() : ((ExpressionValue.Number)value).Value);
}
