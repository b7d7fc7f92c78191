using System.Collections.Immutable;
using System.Text.Json;
using Planning.Domain;
using Planning.Engine.Json;

namespace Planning.Engine.Audit;

/// <summary>All that are given must hold. Newest first.</summary>
/// <param name="From">Records of then and later.</param>
/// <param name="To">Records before it.</param>
public sealed record AuditFilter(
    string? EventType = null, string? Action = null, string? Outcome = null, PersonId? Actor = null, string? ResourceType = null, string? ResourceId = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    /// <summary>What a cursor is bound to.</summary>
    public string ListName => "audit " + JsonSerializer.Serialize(this, PlanningJson.Options);
}

/// <summary>A record as it is kept. Its kinds are texts: a later release may have written kinds that this one does not know.</summary>
/// <param name="Id">Rises with time; there may be gaps.</param>
/// <param name="At">By the store's clock.</param>
public sealed record AuditRow(
    long Id, DateTimeOffset At, string EventType, string Action, string Outcome, PersonId? Actor, string? KeyId, string? IpAddress, string? UserAgent,
    string ResourceType, string? ResourceId, string? Route, string? CommandId, string? TraceId, int Suppressed, ImmutableSortedDictionary<string, string> Details);
