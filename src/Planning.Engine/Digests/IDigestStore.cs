using Planning.Domain;

namespace Planning.Engine.Digests;

/// <summary>Which blobs are the digest of which cycle. It can be thrown away: rendering from the log gives the same bytes.</summary>
public interface IDigestStore
{
    /// <summary>Keeps the digest of a cycle; saving it again replaces it.</summary>
    ValueTask SaveAsync(StoredDigest digest, CancellationToken cancellation);

    /// <summary>Null while the cycle is open, or closed and not rendered yet.</summary>
    ValueTask<StoredDigest?> FindAsync(WorkspaceId workspace, CycleId cycle, CancellationToken cancellation);
}

/// <param name="Json">Blob of the canonical JSON (RFC 8785).</param>
/// <param name="Markdown">Blob of the Markdown, UTF-8.</param>
/// <param name="Position">Of CYCLE_CLOSED: the digest holds everything up to there and nothing after.</param>
public sealed record StoredDigest(WorkspaceId Workspace, CycleId Cycle, ContentHash Json, ContentHash Markdown, long Position);
