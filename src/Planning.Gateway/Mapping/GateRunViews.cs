using Planning.Artifacts;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Engine.Reads;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Mapping;

/// <summary>Gate runs and findings on the wire.</summary>
internal static class GateRunViews
{
    public const string Running = "running";

    public static GateRunItem Of(GateRunRow row) => new(
        row.Id.Value, row.PlanId.Value, row.Gate, Wire.Name(row.Trigger), row.Outcome ?? Running, row.FindingCount, row.StartedAt, row.FinishedAt);

    public static GateRunView Of(GateRunReport r) => new(
        r.GateRunId.Value, r.PlanId.Value, r.Gate, Wire.Name(r.Trigger), Wire.Name(r.Outcome), r.ContentHash.Value, r.RulebookHash.Value,
        [.. r.Results.Select(v => new ValidatorResultView(v.Validator, v.Version, v.ParametersHash, v.Passed, v.DurationMs, v.Cached, v.FindingCount, v.Error))],
        [.. r.Findings.Select(Of)], r.FindingCount, [.. r.WaiversApplied.Select(PlanViews.Of)], r.DurationMs);

    public static GateRunView Of(PlanId plan, PendingTransition p) => new(
        p.GateRunId.Value, plan.Value, p.Gate, Wire.Name(p.Trigger), Running, p.ContentHash.Value, p.RulebookHash.Value, [], [], 0, []);

    public static FindingView Of(FindingSummary f) =>
        new(f.Fingerprint, f.Rule, f.File, f.Line, f.Column, f.Pointer, f.Severity, f.Message, f.Advice, f.Waived);

    public static FindingView Of(Finding f) =>
        new(f.Fingerprint, f.Rule, f.File, f.Line, f.Column, f.Pointer, Wire.Name(f.Severity), f.Message, f.Advice);
}
