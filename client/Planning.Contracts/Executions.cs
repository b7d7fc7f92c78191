namespace Planning.Contracts;

/// <summary>What an executor did. The executor is who sends it; the points of tasks come from the sealed backlog.</summary>
/// <param name="Outcome">succeeded or failed.</param>
/// <param name="Deployed">Artifact name to the SHA-256 digest of what was deployed.</param>
public sealed record ReportExecutionRequest(
    string Environment,
    string Outcome,
    IReadOnlyDictionary<string, string>? Deployed = null,
    IReadOnlyList<TaskProgressRequest>? Tasks = null,
    IReadOnlyList<DefectRequest>? Defects = null,
    string? Comment = null);

public sealed record TaskProgressRequest(string TaskId, DateTimeOffset StartedAt, DateTimeOffset? DoneAt = null);

public sealed record DefectRequest(string DefectId, string Summary, DateTimeOffset FoundAt, string? TaskId = null);

public sealed record ExecutionReportView(
    string ReportId,
    string PlanId,
    string Executor,
    string Environment,
    string Outcome,
    DateTimeOffset At,
    IReadOnlyDictionary<string, string> Deployed,
    IReadOnlyList<TaskProgressView> Tasks,
    IReadOnlyList<DefectView> Defects,
    long Version,
    long Position,
    string? Comment = null);

public sealed record TaskProgressView(string TaskId, DateTimeOffset StartedAt, decimal? Points = null, DateTimeOffset? DoneAt = null);

public sealed record DefectView(string DefectId, string Summary, DateTimeOffset FoundAt, string? TaskId = null);
