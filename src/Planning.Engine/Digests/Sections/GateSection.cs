using System.Collections.Immutable;
using Planning.Domain.Cycles;

namespace Planning.Engine.Digests.Sections;

/// <summary>What each gate let pass and what it stopped.</summary>
internal static class GateSection
{
    public static ImmutableArray<GateRow> Of(CycleFacts facts) =>
        [.. facts.GateRuns.GroupBy(r => r.Report.Gate, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(Row)];

    private static GateRow Row(IGrouping<string, GateRunFact> gate)
    {
        var finished = gate.Where(r => r.Finished).ToArray();
        var passed = finished.Count(r => r.Passed);
        return new GateRow(
            gate.Key,
            finished.Length,
            passed,
            finished.Length - passed,
            finished.Count(r => !r.Report.Results.IsEmpty && r.Report.Results.All(v => v.Cached)),
            gate.Count() - finished.Length,
            Numbers.Percent(passed, finished.Length),
            finished.Sum(r => r.Report.FindingCount),
            gate.SelectMany(r => r.Sources).Ids());
    }
}
