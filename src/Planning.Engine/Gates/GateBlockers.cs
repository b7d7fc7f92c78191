using System.Collections.Immutable;
using Planning.Domain;
using Planning.Domain.Gates;

namespace Planning.Engine.Gates;

/// <summary>What stands in the way after a gate run, as the caller of the transition is told; the report has every finding.</summary>
internal static class GateBlockers
{
    private const int MaxFindings = 20;

    public static ImmutableArray<Blocker> Of(GateRunReport report) =>
        report.Outcome == GateOutcome.Passed ? [] :
        [
            .. report.Results.Where(r => r.Error is not null).Select(r => new Blocker("validator_failed", $"{r.Validator}: {r.Error}", report.Gate)),
            .. report.Findings.Where(f => f is { Severity: "error", Waived: false }).Take(MaxFindings).Select(f =>
                new Blocker("finding", $"{f.File}:{f.Line}:{f.Column} {f.Rule}: {f.Message} {f.Advice}", report.Gate)),
        ];
}
