using System.Collections.Immutable;
using Planning.Domain.Cycles;

namespace Planning.Engine.Digests.Sections;

/// <summary>Planned effort against done, per stream. Late reports of earlier plans count as done, not as planned.</summary>
internal static class ResourceRows
{
    public static ImmutableArray<StreamRow> Of(CycleFacts facts)
    {
        var done = facts.TasksDone.ToLookup(t => t.Plan);
        return
        [
            .. facts.Plans
                .GroupBy(p => p.Stream, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => Row(g, [.. g.SelectMany(p => done[p.Id])]))
                .Where(r => r.Tasks > 0 || r.TasksDone > 0),
        ];
    }

    private static StreamRow Row(IGrouping<string, PlanFacts> stream, ImmutableArray<TaskDone> done)
    {
        var own = stream.Where(p => p.Belongs).ToArray();
        var points = Sum(own.Select(p => p.Planned.Points));
        var before = own.Sum(p => p.PointsDoneBefore);
        var now = Sum(done.Select(t => t.Points));
        return new StreamRow(
            stream.Key,
            own.Length,
            own.Sum(p => p.Planned.Tasks),
            own.Sum(p => p.TasksDoneBefore),
            done.Length,
            Numbers.Stored(points),
            Numbers.Stored(before),
            Numbers.Stored(now),
            points is null || now is null ? null : Numbers.Percent(now.Value, points.Value - before),
            stream.SelectMany(p => p.Sources.Concat(p.Planned.Sources)).Ids());
    }

    /// <summary>Null when not one of them is estimated.</summary>
    private static decimal? Sum(IEnumerable<decimal?> points)
    {
        var known = points.OfType<decimal>().ToArray();
        return known.Length == 0 ? null : known.Sum();
    }
}
