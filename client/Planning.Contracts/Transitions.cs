namespace Planning.Contracts;

/// <param name="Trigger">update_plan, validate_complete, validation_failed, package_artifacts, begin_execution, execution_failed,
/// validate_results, analyze_metrics, cycle_complete or withdraw.</param>
/// <param name="Reason">Needed for withdraw, validation_failed and execution_failed.</param>
public sealed record TransitionRequest(string Trigger, string? Reason = null);

/// <param name="Outcome">moved, or pending while the gate runs; a transition that stayed is the problem <c>transition_blocked</c>.</param>
/// <param name="GateRunId">Where a gate decides.</param>
/// <param name="ManifestId">The manifest that packaging makes.</param>
public sealed record TransitionView(
    string PlanId,
    string Trigger,
    string Outcome,
    string From,
    string To,
    long Version,
    long Position,
    string? Gate = null,
    string? GateRunId = null,
    string? ManifestId = null);
