using Planning.Contracts;
using Planning.Engine.Audit;

namespace Planning.Gateway.Mapping;

/// <summary>Records of the security audit on the wire.</summary>
internal static class AuditViews
{
    public static AuditRecordView Of(AuditRow r) => new(
        r.Id, r.At, r.EventType, r.Action, r.Outcome, r.ResourceType, r.Suppressed, r.Actor?.Value, r.KeyId, r.IpAddress, r.UserAgent, r.ResourceId, r.Route, r.CommandId, r.TraceId,
        r.Details.IsEmpty ? null : r.Details);
}
