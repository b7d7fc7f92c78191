using System.Collections.Immutable;
using System.Net;
using Planning.Domain;

namespace Planning.Engine.Audit;

/// <summary>
/// A record to be added. Ids are pseudonymous; secrets and bodies never come here. Texts are cut to their bounds, and what cannot be
/// stored in them is replaced, so that nothing that a caller sends can keep its own record from being written.
/// </summary>
/// <param name="Workspace">Whose auditors see it.</param>
public sealed record AuditEntry(WorkspaceId Workspace, AuditEvent Event, AuditAction Action, AuditOutcome Outcome)
{
    /// <summary>Characters of ids, names and routes.</summary>
    public const int MaxName = 200;

    public const int MaxUserAgent = 256;
    public const int MaxDetails = 12;

    /// <summary>Characters of one detail.</summary>
    public const int MaxDetail = 200;

    /// <summary>Null where nobody knows who it was.</summary>
    public PersonId? Actor { get; init; }

    /// <summary>The API key; null for local callers without one, and for whoever showed none that is known.</summary>
    public string? KeyId { get; init => field = AuditText.Bounded(value, MaxName); }

    /// <summary>Null where the connection has none, as between processes of one machine.</summary>
    public IPAddress? IpAddress { get; init; }

    public string? UserAgent { get; init => field = AuditText.Bounded(value, MaxUserAgent); }

    /// <summary>plan, api_key, …; workspace where the route names nothing.</summary>
    public string ResourceType { get; init => field = AuditText.Bounded(value, MaxName)!; } = "workspace";

    public string? ResourceId { get; init => field = AuditText.Bounded(value, MaxName); }

    /// <summary>Method and pattern: <c>POST /v1/plans/{plan_id}/approvals</c>.</summary>
    public string? Route { get; init => field = AuditText.Bounded(value, MaxName); }

    /// <summary>As in the log, where the act has one.</summary>
    public string? CommandId { get; init => field = AuditText.Bounded(value, MaxName); }

    /// <summary>Finds the request in traces and in the server's own log.</summary>
    public string? TraceId { get; init => field = AuditText.Bounded(value, MaxName); }

    /// <summary>Refusals of the same source that were not recorded since its last record.</summary>
    public int Suppressed { get; init; }

    /// <summary>What else matters: the code of a refusal, the roles of a new key.</summary>
    public ImmutableSortedDictionary<string, string> Details { get; init => field = AuditText.Bounded(value); } = ImmutableSortedDictionary<string, string>.Empty;
}
