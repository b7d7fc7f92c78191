using Planning.Domain;
using Planning.Engine.Blobs;

namespace Planning.Engine.Gates;

/// <summary>
/// Fetches bytes by their hash and keeps what was parsed of them. A run speaks of artifacts that are there and undamaged: the
/// bytes are fetched again also when their parsed form is known, unless that was done a moment ago.
/// </summary>
internal sealed class ArtifactLoader(IBlobStore blobs, GateOptions options, TimeProvider time)
{
    /// <summary>Measured: a tree of YAML with its typed views takes 8 to 15 times the bytes of its text.</summary>
    private const int TreeBytesPerByte = 15;

    private readonly BoundedCache<(WorkspaceId, string, ContentHash), Known> known = new(options.ParsedCacheBytes);

    public long KeptBytes => known.Bytes;

    /// <summary>Null where the bytes are missing or no longer have their hash.</summary>
    public async ValueTask<GateArtifact?> LoadAsync(WorkspaceId workspace, string name, ContentHash hash, bool evidence, CancellationToken cancellation)
    {
        var key = (workspace, name, hash);
        if (known.TryGet(key, out var kept) && time.GetElapsedTime(kept.FetchedAt) < options.RefetchAfter)
            return new GateArtifact(name, hash, evidence, kept.Content);
        var fetchedAt = time.GetTimestamp();
        if (await blobs.GetAsync(workspace, hash, cancellation) is not { } bytes)
            return null;
        kept ??= known.Add(key, new Known(new ArtifactContent(name, bytes, options.Limits)), (long)bytes.Length * TreeBytesPerByte);
        kept.FetchedAt = fetchedAt;
        return new GateArtifact(name, hash, evidence, kept.Content);
    }

    private sealed class Known(ArtifactContent content)
    {
        public ArtifactContent Content => content;

        public long FetchedAt { get; set; }
    }
}
