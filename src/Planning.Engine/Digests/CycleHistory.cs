using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Engine.Digests;

/// <summary>Reads a workspace's history from the log, page by page, into the facts of its cycles.</summary>
public sealed class CycleHistory(IEventLog log)
{
    /// <summary>Events read at once.</summary>
    public const int PageSize = 2_000;

    /// <summary>The fold of everything up to and including a position.</summary>
    public async Task<CycleFold> FoldAsync(WorkspaceId workspace, long upTo, CancellationToken cancellation, int pageSize = PageSize)
    {
        var fold = new CycleFold();
        for (long after = 0; after < upTo;)
        {
            var page = await log.ReadWorkspaceAsync(workspace, after, pageSize, cancellation);
            foreach (var stored in page.TakeWhile(e => e.Position <= upTo))
                fold.Apply(Happened(stored));
            if (page.Count == 0)
                break;
            after = page[^1].Position;
        }
        return fold;
    }

    public static Happened Happened(StoredEvent stored) => new(stored.EventId, stored.Position, stored.At, stored.Entity, EventCodec.Decode(stored));
}
