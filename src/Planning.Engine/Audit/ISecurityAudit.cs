using Planning.Domain;
using Planning.Engine.Reads;

namespace Planning.Engine.Audit;

/// <summary>
/// Who did or tried what, from where, and what came of it. Records are added and read, never changed; the time is the store's own, so
/// that nobody who writes can say another. Not in the log: it holds addresses, and what was refused.
/// </summary>
public interface ISecurityAudit
{
    /// <summary>Ends once the record is durable.</summary>
    /// <exception cref="Log.LogUnavailableException">The database cannot be reached; the record may be there or not.</exception>
    ValueTask AppendAsync(AuditEntry entry, CancellationToken cancellation);

    /// <summary>Newest first. Whoever calls has made sure that an auditor asks.</summary>
    /// <exception cref="InvalidCursorException">The page's cursor is of another list or of other filters.</exception>
    /// <exception cref="Log.LogUnavailableException">The database cannot be reached.</exception>
    ValueTask<Page<AuditRow>> ListAsync(WorkspaceId workspace, AuditFilter filter, PageRequest page, CancellationToken cancellation);
}
