using Planning.Domain;

namespace Planning.Engine.Blobs;

/// <summary>Bytes by the SHA-256 of themselves, per workspace. Writing the same bytes twice is one blob.</summary>
public interface IBlobStore
{
    ValueTask<ContentHash> PutAsync(WorkspaceId workspace, ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>The bytes, whose hash was checked again; null where there is no such blob.</summary>
    /// <exception cref="BlobDamagedException">The stored bytes do not have this hash any more.</exception>
    ValueTask<ReadOnlyMemory<byte>?> GetAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation);
}

/// <summary>The store does not hold what was put in.</summary>
public sealed class BlobDamagedException : Exception
{
    public BlobDamagedException() { }
    public BlobDamagedException(string message) : base(message) { }
    public BlobDamagedException(string message, Exception inner) : base(message, inner) { }
}
