using System.Collections.Immutable;
using Planning.Domain.Cycles;
using Planning.Domain.Rulebooks;

namespace Planning.Engine.Digests.Sections;

/// <summary>An observation with what follows from it.</summary>
internal sealed record Observation(Insight Insight, string Advice);

/// <summary>Rules that read the digest's own numbers; each says what it saw and what to do about it.</summary>
internal static class InsightSection
{
    public static ImmutableArray<Observation> Of(CycleFacts facts, ImmutableArray<KpiRow> kpis, ImmutableArray<GateRow> gates, TimelineSection? timeline) =>
    [
        .. kpis.Where(k => k.Status == KpiStatus.Missed).Select(Missed),
        .. kpis.Where(k => k.Review).Select(Unusual),
        .. kpis.Where(Worsens).Select(Worse),
        .. gates.Where(g => g.Failed > 0).OrderByDescending(g => g.Failed).Take(1).Select(Stops),
        .. (timeline?.Plans ?? []).Where(p => p.DaysLate > 0).Select(Late),
        .. Unestimated(facts),
        .. facts.OwnPlans.Where(p => p is { Unfinished: true, CarriedFrom: not null }).Select(CarriedAgain),
    ];

    private static Observation Missed(KpiRow k) => new(
        new Insight($"{k.Name} is {Numbers.Text(k.Value, k.Unit)}; its target is {Numbers.Text(k.Target, k.Unit)}.", k.Sources),
        $"Find out what kept {k.Name} from its target, and agree on one change for the next cycle.");

    private static Observation Unusual(KpiRow k) => new(
        new Insight(
            $"{k.Name} is {Numbers.Text(k.Value, k.Unit)}, outside its usual range of {Numbers.Text(k.UsualRange!.From)} to {Numbers.Text(k.UsualRange.To)}.",
            All(k)),
        $"Review the events behind {k.Name} before relying on the figure.");

    private static Observation Worse(KpiRow k) => new(
        new Insight($"{k.Name} has {(k.Trend == Trend.Up ? "risen" : "fallen")} against the cycles before, and still meets its target.", All(k)),
        $"Watch {k.Name}: it moves away from its target.");

    private static bool Worsens(KpiRow k) =>
        k is { Status: KpiStatus.Met, Review: false }
        && k.Trend == (k.Direction == KpiDirection.HigherIsBetter ? Trend.Down : Trend.Up);

    private static Observation Stops(GateRow g) => new(
        new Insight($"{g.Gate} stopped {g.Failed} of {SummarySection.Count(g.Finished, "run")}; no gate stopped more.", g.Sources),
        $"Run the checks of {g.Gate} before a transition is asked for; most of what it finds can be seen earlier.");

    private static Observation Late(TimelineRow p) => new(
        new Insight($"{p.Title} was validated {SummarySection.Count(p.DaysLate!.Value, "day")} after the end of its window.", p.Sources),
        "Plan windows with the variance that this cycle has shown.");

    private static Observation CarriedAgain(PlanFacts p) => new(
        new Insight($"{p.Title} is carried over for the second time or more.", p.Sources.Ids()),
        "Split plans that are carried over again and again, or withdraw them.");

    private static IEnumerable<Observation> Unestimated(CycleFacts facts)
    {
        var missing = facts.TasksDone.Where(t => t.Points is null).ToArray();
        if (missing.Length == 0)
            return [];
        return
        [
            new Observation(
                new Insight(
                    $"{missing.Length} of {SummarySection.Count(facts.TasksDone.Length, "done task")} had no estimate; completed points leave them out.",
                    facts.TasksDone.SelectMany(t => t.Sources).Ids()),
                "Estimate every task before its plan is packaged."),
        ];
    }

    private static ImmutableArray<string> All(KpiRow k) => [.. k.Earlier.SelectMany(e => e.Sources).Concat(k.Sources).Distinct(StringComparer.Ordinal)];
}
