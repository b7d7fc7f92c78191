namespace Planning.Contracts;

/// <summary>One record of the security audit: who did or tried what, from where, and what came of it.</summary>
/// <param name="Id">Rises with time; there may be gaps.</param>
/// <param name="At">By the clock of the database.</param>
/// <param name="EventType">AUTHENTICATION_FAILED, PERMISSION_CHECK_FAILED, PLAN_APPROVAL, …; later releases have more.</param>
/// <param name="Action">VIEW, CHANGE, APPROVE, REJECT, …; later releases have more.</param>
/// <param name="Outcome">ATTEMPTED, SUCCESS, DENIED or FAILED.</param>
/// <param name="Suppressed">Refusals of the same source that were counted and not recorded since its last record.</param>
/// <param name="Actor">A pseudonymous id; absent where nobody knows who it was.</param>
/// <param name="KeyId">The API key, never its secret.</param>
/// <param name="Details">What else matters: the code of a refusal, the roles of a new key.</param>
public sealed record AuditRecordView(
    long Id, DateTimeOffset At, string EventType, string Action, string Outcome, string ResourceType, int Suppressed, string? Actor = null, string? KeyId = null,
    string? IpAddress = null, string? UserAgent = null, string? ResourceId = null, string? Route = null, string? CommandId = null, string? TraceId = null,
    IReadOnlyDictionary<string, string>? Details = null);
