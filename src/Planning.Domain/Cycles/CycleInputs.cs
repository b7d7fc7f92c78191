using System.Collections.Immutable;
using Planning.Domain.Expressions;
using Planning.Domain.Rulebooks;
using static Planning.Domain.Expressions.ExpressionValue;

namespace Planning.Domain.Cycles;

/// <summary>
/// The inputs of KPI formulas, out of the facts of a cycle. An input about which nothing was reported is left out:
/// "no tasks were done" and "nobody said" are different answers. docs/kpis.md defines each.
/// </summary>
public static class CycleInputs
{
    public static ImmutableSortedDictionary<string, KpiInput> Of(CycleFacts facts)
    {
        var inputs = ImmutableSortedDictionary.CreateBuilder<string, KpiInput>(StringComparer.Ordinal);

        if (facts.Days > 0)
            Add(KpiScope.CycleDays, new Number(facts.Days), facts.Sources);

        var finished = facts.GateRuns.Where(g => g.Finished).ToArray();
        if (finished.Length > 0)
        {
            var runs = finished.SelectMany(g => g.Sources);
            Add(KpiScope.GateRunsFinished, new Number(finished.Length), runs);
            Add(KpiScope.GateRunsPassed, new Number(finished.Count(g => g.Passed)), runs);
        }

        if (!facts.Handoffs.IsEmpty)
        {
            var handoffs = facts.Handoffs.SelectMany(h => h.Sources);
            Add(KpiScope.HandoffsSealed, new Number(facts.Handoffs.Length), handoffs);
            Add(KpiScope.HandoffsExecuted, new Number(facts.Handoffs.Count(h => h.Executed)), handoffs);
        }

        if (!facts.Reports.IsEmpty)
            Add(KpiScope.DefectsEscaped, new Number(facts.Defects.Length), facts.Reports.SelectMany(r => r.Sources));

        if (facts.Reports.Any(r => r.HasTasks))
        {
            var tasks = facts.Reports.Where(r => r.HasTasks).SelectMany(r => r.Sources);
            Add(KpiScope.TasksDone, new Number(facts.TasksDone.Length), tasks);
            Add(KpiScope.TaskDays, new Numbers([.. facts.TasksDone.Select(t => t.Days)]), tasks);
            var points = facts.TasksDone.Select(t => t.Points).OfType<decimal>().ToImmutableArray();
            // Done tasks without a single estimate say nothing about points; no done task at all says 0.
            if (!points.IsEmpty || facts.TasksDone.IsEmpty)
                Add(KpiScope.CompletedPoints, new Numbers(points), tasks);
        }
        return inputs.ToImmutable();

        void Add(string name, ExpressionValue value, IEnumerable<EventRef> sources) => inputs[name] = new KpiInput(value, sources.Ids());
    }
}
