using Planning.Domain;

namespace Planning.Engine.Audit;

/// <summary>What a record is about. A new one is a line here and one on its route.</summary>
public enum AuditEvent
{
    AuthenticationFailed,
    PermissionCheckFailed,
    PlanApproval,
    PlanWithdrawal,
    FindingWaiver,
    ManifestSignature,
    ApiKeyChange,
    SignerKeyChange,
    RulebookChange,
    PersonChange,
    CalendarFeedChange,
    EnvironmentChange,
    RefreshApproval,
    NotificationTargetChange,
    AuditView,
    ApiKeyView,

    /// <summary>Refusals that were counted and not recorded one by one, as there were too many.</summary>
    RefusalsSuppressed,
}

public enum AuditAction
{
    View,

    /// <summary>Anything that is no view, where nothing more exact is said.</summary>
    Change,
    Approve,
    Reject,
    Withdraw,
    Waive,
    Sign,
    Create,
    Register,
    Revoke,
    StepUp,
    Accept,
    Activate,
    Save,
    Erase,
    ChangeOwnership,
    Move,
    Retire,
}

public enum AuditOutcome
{
    /// <summary>Written before an act that leaves no trace in the log: whatever happens to the process, there is a record.</summary>
    Attempted,
    Success,

    /// <summary>The caller is not known, or may not do it.</summary>
    Denied,

    /// <summary>Refused for another reason, or it went wrong.</summary>
    Failed,
}

/// <summary>The kinds as they are stored and sent: <c>PERMISSION_CHECK_FAILED</c>.</summary>
public static class AuditNames
{
    public static string Of<TKind>(TKind kind) where TKind : struct, Enum => Names<TKind>.ByValue[kind];

    public static bool IsKnown<TKind>(string name) where TKind : struct, Enum => Names<TKind>.ByValue.ContainsValue(name);

    public static IEnumerable<string> All<TKind>() where TKind : struct, Enum => Enum.GetValues<TKind>().Select(Of);

    private static class Names<TKind> where TKind : struct, Enum
    {
        public static readonly Dictionary<TKind, string> ByValue = Enum.GetValues<TKind>().ToDictionary(v => v, v => Snake.Case(v.ToString()).ToUpperInvariant());
    }
}
