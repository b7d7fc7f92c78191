namespace Planning.Contracts;

/// <summary>A gate run in a list.</summary>
/// <param name="Outcome">running, passed, failed or aborted.</param>
public sealed record GateRunItem(
    string Id, string PlanId, string Gate, string Trigger, string Outcome, int FindingCount, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt = null);

/// <summary>A gate run with its results and the first findings, errors first.</summary>
/// <param name="Outcome">running, passed, failed or aborted.</param>
/// <param name="FindingCount">Of all findings; the report lists every one.</param>
public sealed record GateRunView(
    string Id,
    string PlanId,
    string Gate,
    string Trigger,
    string Outcome,
    string ContentHash,
    string RulebookHash,
    IReadOnlyList<ValidatorResultView> Results,
    IReadOnlyList<FindingView> Findings,
    int FindingCount,
    IReadOnlyList<WaiverView> WaiversApplied,
    int? DurationMs = null);

/// <param name="Error">Why the validator came to no result; it then counts as failed.</param>
public sealed record ValidatorResultView(
    string Validator, string Version, string ParametersHash, bool Passed, int DurationMs, bool Cached, int FindingCount, string? Error = null);

/// <summary>Every finding of a run.</summary>
public sealed record GateReportView(string GateRunId, string PlanId, string Gate, string Outcome, IReadOnlyList<FindingView> Findings);
