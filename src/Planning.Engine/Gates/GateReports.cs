using System.Collections.Immutable;
using System.Text.Json;
using Planning.Artifacts;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Engine.Blobs;
using Planning.Engine.Json;

namespace Planning.Engine.Gates;

/// <summary>The whole report of a run, as it is kept beside the event when that cannot hold it all. UTF-8 JSON.</summary>
/// <param name="Findings">Every finding in full, in the order of the event.</param>
public sealed record GateReportDocument(
    GateRunId GateRunId, PlanId PlanId, string Gate, ContentHash ContentHash, ContentHash RulebookHash, ImmutableArray<FindingSummary> Findings);

/// <summary>Makes of checks the report: waivers applied, findings in one order, short enough for an event.</summary>
internal sealed class GateReports(IBlobStore blobs, GateOptions options)
{
    /// <summary>Names the run itself where it failed before, or beside, its validators.</summary>
    private const string Run = "gate_run";

    public static GateRunReport Aborted(PlanId plan, PlanEvent.GateStarted started) => Ended(plan, started, GateOutcome.Aborted, [], 0);

    /// <summary>A run that failed as a whole.</summary>
    public static GateRunReport Failed(PlanId plan, PlanEvent.GateStarted started, string reason, TimeSpan took)
    {
        var result = new ValidatorResult(Run, "", "", Passed: false, Milliseconds(took), Cached: false, FindingCount: 0, PlainText.Of(reason, 2_000));
        return Ended(plan, started, GateOutcome.Failed, [result], Milliseconds(took));
    }

    /// <summary>The report for the run's event; what that cannot hold is kept as a blob.</summary>
    public async Task<GateRunReport> KeepAsync(
        EntityKey plan, PlanEvent.GateStarted started, DateTimeOffset at, IReadOnlyList<Check> checks, Func<TimeSpan> took, CancellationToken cancellation)
    {
        var (report, findings) = Judge(plan, started, at, checks, took);
        return findings.Length == report.Findings.Length && report.Findings.SequenceEqual(findings)
            ? report
            : report with { ReportHash = await blobs.PutAsync(plan.Workspace, Document(plan, started, findings), cancellation) };
    }

    /// <summary>The same, of which nothing is kept; and every finding in full.</summary>
    public (GateRunReport Report, FindingSummary[] Findings) Judge(
        EntityKey plan, PlanEvent.GateStarted started, DateTimeOffset at, IReadOnlyList<Check> checks, Func<TimeSpan> took)
    {
        var waivers = started.Waivers.Where(w => w.Gate == started.Gate && w.ExpiresAt > at)
            .GroupBy(w => w.Fingerprint).ToDictionary(w => w.Key, w => w.Last());
        var judged = checks.Select(c => (Check: c, Findings: c.Findings.Select(f => Judge(f, waivers)).ToArray())).ToArray();
        var results = judged.Select(j => Result(j.Check, j.Findings)).ToImmutableArray();
        var findings = judged.SelectMany(j => j.Findings).Order(ByWeightAndPlace).ToArray();

        var applied = findings.Where(f => f.Waived).Select(f => f.Fingerprint).ToHashSet();
        var report = Ended(new PlanId(plan.Id), started, results.All(r => r.Passed) ? GateOutcome.Passed : GateOutcome.Failed, results, Milliseconds(took()));
        return (report with
        {
            Findings = [.. findings.Take(GateRunDecider.MaxFindings).Select(Brief)],
            FindingCount = findings.Length,
            WaiversApplied = [.. waivers.Values.Where(w => applied.Contains(w.Fingerprint)).OrderBy(w => w.Fingerprint, StringComparer.Ordinal)],
        }, findings);
    }

    private static GateRunReport Ended(
        PlanId plan, PlanEvent.GateStarted started, GateOutcome outcome, ImmutableArray<ValidatorResult> results, int durationMs) => new(
        started.GateRunId, plan, started.Gate, started.Trigger, outcome, started.ContentHash, started.RulebookHash, results, [], 0, [], durationMs);

    private static FindingSummary Judge(Finding f, Dictionary<string, Waiver> waivers)
    {
        var fingerprint = f.Fingerprint;
        return new FindingSummary(
            fingerprint, f.Rule, PlainText.Of(f.File), f.Line, f.Column, PlainText.Of(f.Pointer), Snake.Case(f.Severity.ToString()),
            PlainText.Of(f.Message), PlainText.Of(f.Advice), waivers.ContainsKey(fingerprint));
    }

    private static ValidatorResult Result(Check check, FindingSummary[] findings) => new(
        check.Definition.Name, check.Version, check.ParametersHash,
        Passed: check.Error is null && !Array.Exists(findings, f => f is { Severity: "error", Waived: false }),
        Milliseconds(check.Took), check.Cached, findings.Length, check.Error is null ? null : PlainText.Of(check.Error, 2_000));

    private FindingSummary Brief(FindingSummary f) => f with
    {
        File = PlainText.Of(f.File, options.MaxTextLength),
        Pointer = PlainText.Of(f.Pointer, options.MaxTextLength),
        Message = PlainText.Of(f.Message, options.MaxTextLength),
        Advice = PlainText.Of(f.Advice, options.MaxTextLength),
    };

    /// <summary>Nothing in it differs between two runs of the same checks: no durations.</summary>
    private static byte[] Document(EntityKey plan, PlanEvent.GateStarted started, FindingSummary[] findings) => JsonSerializer.SerializeToUtf8Bytes(
        new GateReportDocument(started.GateRunId, new PlanId(plan.Id), started.Gate, started.ContentHash, started.RulebookHash, [.. findings]),
        PlanningJson.Options);

    private static int Milliseconds(TimeSpan took) => (int)Math.Min(took.TotalMilliseconds, int.MaxValue);

    private static readonly Comparer<FindingSummary> ByWeightAndPlace = Comparer<FindingSummary>.Create((a, b) =>
        Weight(a).CompareTo(Weight(b)) is var weight and not 0 ? weight
        : string.CompareOrdinal(a.File, b.File) is var file and not 0 ? file
        : a.Line.CompareTo(b.Line) is var line and not 0 ? line
        : a.Column.CompareTo(b.Column) is var column and not 0 ? column
        : string.CompareOrdinal(a.Rule, b.Rule) is var rule and not 0 ? rule
        : string.CompareOrdinal(a.Pointer, b.Pointer) is var pointer and not 0 ? pointer
        : string.CompareOrdinal(a.Message, b.Message));

    /// <summary>What fails the gate comes first, so that waived errors never push it out of the event.</summary>
    private static int Weight(FindingSummary f) => f switch
    {
        { Severity: "error", Waived: false } => 0,
        { Severity: "error" } => 1,
        { Severity: "warning" } => 2,
        _ => 3,
    };
}
