using Planning.Domain;
using Planning.Engine.Audit;
using Planning.Engine.Reads;

namespace Planning.Engine.InMemory;

/// <summary>Records in a list that only grows.</summary>
public sealed class InMemorySecurityAudit(TimeProvider time) : ISecurityAudit
{
    private readonly Lock gate = new();
    private readonly List<(WorkspaceId Workspace, AuditRow Row)> records = [];

    public ValueTask AppendAsync(AuditEntry entry, CancellationToken cancellation)
    {
        lock (gate)
        {
            records.Add((entry.Workspace, new AuditRow(
                records.Count + 1, time.GetUtcNow(), AuditNames.Of(entry.Event), AuditNames.Of(entry.Action), AuditNames.Of(entry.Outcome), entry.Actor, entry.KeyId,
                entry.IpAddress?.ToString(), entry.UserAgent, entry.ResourceType, entry.ResourceId, entry.Route, entry.CommandId, entry.TraceId, entry.Suppressed,
                entry.Details)));
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask<Page<AuditRow>> ListAsync(WorkspaceId workspace, AuditFilter filter, PageRequest page, CancellationToken cancellation)
    {
        var before = ListCursor.Read(workspace, filter.ListName, page.Cursor);
        AuditRow[] found;
        lock (gate)
            found = [.. records.Where(r => r.Workspace == workspace && r.Row.Id < before && Fits(filter, r.Row)).Select(r => r.Row).Reverse().Take(page.Limit + 1)];
        var next = found.Length > page.Limit ? ListCursor.Write(workspace, filter.ListName, found[page.Limit - 1].Id) : null;
        return new(new Page<AuditRow>([.. found.Take(page.Limit)], next));
    }

    private static bool Fits(AuditFilter filter, AuditRow row) =>
        (filter.EventType is null || row.EventType == filter.EventType)
        && (filter.Action is null || row.Action == filter.Action)
        && (filter.Outcome is null || row.Outcome == filter.Outcome)
        && (filter.Actor is null || row.Actor == filter.Actor)
        && (filter.ResourceType is null || row.ResourceType == filter.ResourceType)
        && (filter.ResourceId is null || row.ResourceId == filter.ResourceId)
        && (filter.From is null || row.At >= filter.From)
        && (filter.To is null || row.At < filter.To);
}
