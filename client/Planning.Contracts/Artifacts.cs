namespace Planning.Contracts;

/// <param name="Kind">backlog, story_map, team_capacity, coverage_report, parity_report, cycle_notes, json_schema, yaml, json, markdown or other.</param>
/// <param name="Hash"><c>sha256:</c> and the hexadecimal SHA-256 of the bytes as received.</param>
/// <param name="Evidence">Evidence is no part of the content that is approved and sealed.</param>
public sealed record ArtifactItem(string Name, string Kind, string Hash, long SizeBytes, bool Evidence);

/// <summary>The answer to attaching an artifact.</summary>
/// <param name="Findings">What reading it found; a gate will fail on its errors.</param>
/// <param name="ContentHash">Of the plan, afterwards.</param>
/// <param name="Pending">The gate run that an edit of a packaged plan starts.</param>
public sealed record ArtifactView(
    string PlanId,
    string Name,
    string Kind,
    string Hash,
    long SizeBytes,
    bool Evidence,
    IReadOnlyList<FindingView> Findings,
    string ContentHash,
    long Version,
    long Position,
    PendingTransitionView? Pending = null);

/// <summary>One thing that is wrong with an artifact.</summary>
/// <param name="Fingerprint">The same for the same finding in every run; a waiver names it.</param>
/// <param name="Rule">Stable id of the rule.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 code units.</param>
/// <param name="Pointer">JSON pointer of the node concerned; empty for the whole document.</param>
/// <param name="Severity">error, warning or info.</param>
public sealed record FindingView(
    string Fingerprint, string Rule, string File, int Line, int Column, string Pointer, string Severity, string Message, string Advice, bool Waived = false);
