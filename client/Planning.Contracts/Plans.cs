namespace Planning.Contracts;

/// <summary>First and last day, both included.</summary>
public sealed record PlanWindow(DateOnly Start, DateOnly End);

/// <param name="Stream">The stream of work that the plan belongs to.</param>
/// <param name="CycleId">An open cycle; the one opened last where none is given.</param>
/// <param name="Tags">Tag names and values of the rulebook; those that artifacts declare are added.</param>
/// <param name="Priority">0 (most urgent) to 3; computed from tags and tasks where none is given.</param>
/// <param name="EmergencyContact">A person's id.</param>
/// <param name="RollbackPlan">Name of the artifact that says how to roll back.</param>
public sealed record CreatePlanRequest(
    string Title,
    string Stream,
    string? Description = null,
    string? CycleId = null,
    IReadOnlyDictionary<string, string>? Tags = null,
    int? Priority = null,
    PlanWindow? Window = null,
    string? EmergencyContact = null,
    string? RollbackPlan = null);

/// <summary>Only what is given changes.</summary>
/// <param name="Tags">Replaces all given tags.</param>
public sealed record UpdatePlanRequest(
    string? Title = null,
    string? Description = null,
    IReadOnlyDictionary<string, string>? Tags = null,
    int? Priority = null,
    PlanWindow? Window = null,
    string? EmergencyContact = null,
    string? RollbackPlan = null);

/// <summary>A new plan with the content of another; evidence, approvals and seals stay behind.</summary>
/// <param name="CycleId">An open cycle; the one opened last where none is given.</param>
/// <param name="Title">That of the other plan where none is given.</param>
public sealed record ClonePlanRequest(string? CycleId = null, string? Title = null);

/// <summary>A plan as it stands, also the answer to every command on it.</summary>
/// <param name="Status">PLANNED, READY_FOR_HANDOFF, PACKAGED, EXECUTED, VALIDATED, IMPROVE, COMPLETED or WITHDRAWN.</param>
/// <param name="AllowedTriggers">What the state allows now; gates, roles and governance are asked when it is requested.</param>
/// <param name="ContentHash">What approvals and seals bind to.</param>
/// <param name="ManifestId">The manifest of the present content, once it is packaged.</param>
/// <param name="Pending">The transition whose gate is running.</param>
/// <param name="Version">Also the ETag; give it as If-Match to change exactly this version.</param>
/// <param name="Position">Of the plan's last event in the log.</param>
public sealed record PlanView(
    string Id,
    string Title,
    string Stream,
    string Status,
    string Author,
    string CycleId,
    int Priority,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<string> AllowedTriggers,
    IReadOnlyList<ArtifactItem> Artifacts,
    IReadOnlyList<ApprovalView> Approvals,
    IReadOnlyList<WaiverView> Waivers,
    IReadOnlyList<GateVerdictView> Gates,
    int TaskCount,
    decimal Points,
    int ExecutionReportCount,
    string ContentHash,
    long Version,
    long Position,
    string? Description = null,
    PlanWindow? Window = null,
    string? EmergencyContact = null,
    string? RollbackPlan = null,
    string? ClonedFrom = null,
    string? ManifestId = null,
    PendingTransitionView? Pending = null);

public sealed record PendingTransitionView(string Trigger, string Gate, string GateRunId, string From, string To, string RequestedBy);

/// <summary>How a gate last ended for the plan.</summary>
public sealed record GateVerdictView(string Gate, string GateRunId, bool Passed, string ContentHash);

/// <summary>A plan in a list.</summary>
public sealed record PlanItem(
    string Id,
    string Title,
    string Stream,
    string Status,
    string Author,
    string CycleId,
    int Priority,
    IReadOnlyDictionary<string, string> Tags,
    int TaskCount,
    decimal Points,
    string ContentHash,
    long Version,
    long Position,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? PendingTrigger = null,
    string? ManifestId = null);
