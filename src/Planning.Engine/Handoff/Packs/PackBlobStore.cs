using Planning.Artifacts.Canonical;
using Planning.Domain;
using Planning.Engine.Blobs;

namespace Planning.Engine.Handoff.Packs;

/// <summary>The blobs of a pack while it is gathered.</summary>
internal sealed class PackBlobStore(WorkspaceId workspace, IBlobStore blobs)
{
    private readonly SortedDictionary<string, ReadOnlyMemory<byte>> bytes = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Bytes => bytes;

    /// <exception cref="PackSourceMissingException">There is no such blob any more.</exception>
    public async Task<ReadOnlyMemory<byte>> AddAsync(string name, ContentHash hash, CancellationToken cancellation, bool keep = true)
    {
        var found = await blobs.GetAsync(workspace, hash, cancellation)
            ?? throw new PackSourceMissingException($"{name}: the stored bytes are missing or no longer have the checksum {hash}. Restore them from the backup copy.");
        if (keep)
            bytes[hash.Value] = found;
        return found;
    }

    /// <summary>Adds files and gives their hashes by name.</summary>
    public SortedDictionary<string, ContentHash> AddAll(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        var hashes = new SortedDictionary<string, ContentHash>(StringComparer.Ordinal);
        foreach (var (name, content) in files)
        {
            hashes[name] = new ContentHash(Checksum.Of(content.Span));
            bytes[hashes[name].Value] = content;
        }
        return hashes;
    }
}

/// <summary>Something that the pack must hold is gone from the stores.</summary>
internal sealed class PackSourceMissingException : Exception
{
    public PackSourceMissingException() { }
    public PackSourceMissingException(string message) : base(message) { }
    public PackSourceMissingException(string message, Exception inner) : base(message, inner) { }
}
