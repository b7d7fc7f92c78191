using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>The security audit of the caller's workspace; for auditors alone, and each look at it is recorded.</summary>
public sealed class AuditClient
{
    private readonly Transport transport;

    internal AuditClient(Transport transport) => this.transport = transport;

    /// <summary>One page, newest first.</summary>
    /// <exception cref="PlanningApiException">Refused; <c>filter_invalid</c> names the filter that nothing can match.</exception>
    public Task<Page<AuditRecordView>> ListAsync(AuditQuery? query = null, CancellationToken cancellation = default)
    {
        query ??= new AuditQuery();
        return transport.GetAsync(
            Paths.Query(
                "v1/audit", ("event_type", query.EventType), ("action", query.Action), ("outcome", query.Outcome), ("actor", query.Actor),
                ("resource_type", query.ResourceType), ("resource_id", query.ResourceId), ("from", query.From), ("to", query.To), ("limit", query.Limit), ("cursor", query.Cursor)),
            json => json.PageAuditRecordView, cancellation);
    }

    /// <summary>All records, page by page as they are asked for.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public IAsyncEnumerable<AuditRecordView> ListAllAsync(AuditQuery? query = null, CancellationToken cancellation = default) =>
        Pages.AllAsync((cursor, token) => ListAsync((query ?? new AuditQuery()) with { Limit = Pages.Size, Cursor = cursor }, token), cancellation);
}

/// <summary>All that are given must hold.</summary>
/// <param name="From">Records of then and later.</param>
/// <param name="To">Records before it.</param>
public sealed record AuditQuery(
    string? EventType = null, string? Action = null, string? Outcome = null, string? Actor = null, string? ResourceType = null, string? ResourceId = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null, int? Limit = null, string? Cursor = null);
