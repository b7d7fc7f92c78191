using Planning.Domain;
using Planning.Engine.Blobs;

namespace Planning.Engine.Gates;

/// <summary>
/// Fetches bytes by their hash and keeps what was parsed of them. The bytes are fetched each time, also when their parsed
/// form is known: a run speaks of artifacts that are there and undamaged.
/// </summary>
internal sealed class ArtifactLoader(IBlobStore blobs, GateOptions options)
{
    /// <summary>Measured: a tree of YAML with its typed views takes 8 to 15 times the bytes of its text.</summary>
    private const int TreeBytesPerByte = 15;

    private readonly BoundedCache<(WorkspaceId, string, ContentHash), ArtifactContent> known = new(options.ParsedCacheBytes);

    public long KeptBytes => known.Bytes;

    /// <summary>Null where the bytes are missing or no longer have their hash.</summary>
    public async ValueTask<GateArtifact?> LoadAsync(WorkspaceId workspace, string name, ContentHash hash, bool evidence, CancellationToken cancellation)
    {
        if (await blobs.GetAsync(workspace, hash, cancellation) is not { } bytes)
            return null;
        var key = (workspace, name, hash);
        if (!known.TryGet(key, out var content))
            content = known.Add(key, new ArtifactContent(name, bytes, options.Limits), (long)bytes.Length * TreeBytesPerByte);
        return new GateArtifact(name, hash, evidence, content);
    }
}
