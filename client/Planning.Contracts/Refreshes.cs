namespace Planning.Contracts;

/// <param name="Type">database_copy, redeployment or reset.</param>
/// <param name="Keep">Of what the type destroys, what is to be kept: test_accounts, configuration.</param>
/// <param name="WithChildren">Whether it reaches the environments below, too.</param>
/// <param name="NotifyGroups">Are told and see it, beside those who own or use the environment.</param>
/// <param name="Request">Whether it is requested at once; else it is a draft.</param>
public sealed record DraftRefreshRequest(
    string EnvironmentId, string Type, DateTimeOffset From, DateTimeOffset To, string Reason, IReadOnlyList<string>? Keep = null, bool? WithChildren = null,
    IReadOnlyList<string>? NotifyGroups = null, bool? Request = null);

/// <summary>What is not given stays.</summary>
public sealed record EditRefreshRequest(
    string? Type = null, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Reason = null, IReadOnlyList<string>? Keep = null, bool? WithChildren = null,
    IReadOnlyList<string>? NotifyGroups = null);

/// <param name="Destroys">Everything that the refresh destroys, as its view lists it.</param>
public sealed record ApproveRefreshRequest(IReadOnlyList<string> Destroys, string? Notes = null);

/// <param name="Conflicts">Ids of conflicts as the refresh's conflicts list them.</param>
public sealed record AcceptConflictsRequest(IReadOnlyList<string> Conflicts, string Reason);

public sealed record MoveRefreshRequest(DateTimeOffset From, DateTimeOffset To);

public sealed record CompleteRefreshRequest(string? Report = null);

/// <summary>Another window; without one, what is left of its own.</summary>
public sealed record RetryRefreshRequest(DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>Why it is rejected, has failed, is rolled back or cancelled.</summary>
public sealed record RefreshReasonRequest(string Reason);

/// <summary>For steps that need nothing said.</summary>
public sealed record RefreshStepRequest;

/// <summary>What one environment loses by a refresh.</summary>
/// <param name="Assets">data, configuration, deployed_versions, test_accounts, sessions.</param>
public sealed record RefreshLossView(string EnvironmentId, string Environment, IReadOnlyList<string> Assets);

/// <summary>Something that meets a refresh in its window.</summary>
/// <param name="Kind">booking, refresh, freeze, plan, maintenance.</param>
/// <param name="Severity">minor, serious (goes on when an approver accepts it), blocking.</param>
public sealed record RefreshConflictView(string Id, string Kind, string Severity, string Message, bool Accepted);

/// <param name="Total">How many there are.</param>
/// <param name="Items">The worst of them first, at most 200.</param>
/// <param name="NextFreeFrom">The next window as long in which nothing stands in the way; without one there is none within a year.</param>
public sealed record RefreshConflictsView(
    string RefreshId, bool Blocked, int Total, IReadOnlyList<RefreshConflictView> Items, DateTimeOffset? NextFreeFrom = null, DateTimeOffset? NextFreeTo = null);

public sealed record RefreshApprovalView(string By, string? Notes = null);

/// <summary>A slot that is asked for: its process is under way.</summary>
/// <param name="Purpose">approval, schedule, move or retry.</param>
/// <param name="Parked">Why it waits for somebody to resume it.</param>
public sealed record RefreshPendingView(int Slot, string Purpose, DateTimeOffset From, DateTimeOffset To, bool Granted, string? Parked = null);

/// <summary>Why its last slot was refused, or taken away.</summary>
public sealed record RefreshRefusalView(
    string Reason, IReadOnlyList<RefreshConflictView> Conflicts, DateTimeOffset? NextFreeFrom = null, DateTimeOffset? NextFreeTo = null);

/// <param name="Status">DRAFT, REQUESTED, APPROVED, SCHEDULED, IN_PROGRESS, COMPLETED, CANCELLED, FAILED, ROLLED_BACK.</param>
/// <param name="Level">low, medium, high or critical; the approval of a critical one needs a fresh second factor.</param>
/// <param name="Destroys">By environment, everything that is lost.</param>
/// <param name="Triggers">What it takes now.</param>
/// <param name="Conflicts">Those that it met when it got its slot.</param>
public sealed record RefreshView(
    string Id,
    string EnvironmentId,
    string Type,
    string Level,
    string Status,
    DateTimeOffset From,
    DateTimeOffset To,
    string Reason,
    string RequestedBy,
    bool WithChildren,
    IReadOnlyList<RefreshLossView> Destroys,
    IReadOnlyList<string> NotifyGroups,
    IReadOnlyList<string> Triggers,
    IReadOnlyList<RefreshConflictView> Conflicts,
    IReadOnlyList<RefreshRunView> History,
    long Version,
    long Position,
    DateTimeOffset? RequestedAt = null,
    RefreshApprovalView? Approval = null,
    string? Rejected = null,
    RefreshPendingView? Pending = null,
    RefreshRefusalView? Refused = null,
    DateTimeOffset? StartedAt = null);

/// <summary>A refresh in a list.</summary>
public sealed record RefreshItem(
    string Id, string EnvironmentId, string Type, string Level, string Status, DateTimeOffset From, DateTimeOffset To, string Reason, string RequestedBy,
    IReadOnlyList<string> NotifyGroups, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? RequestedAt = null);

/// <summary>An entry of the history; it never changes.</summary>
/// <param name="Outcome">completed, failed or rolled_back.</param>
public sealed record RefreshRunView(
    string RefreshId, int Number, string EnvironmentId, string Type, string Outcome, DateTimeOffset StartedAt, DateTimeOffset EndedAt, string By, string? Note = null);
