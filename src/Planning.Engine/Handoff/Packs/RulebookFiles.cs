using System.Collections.Immutable;
using Planning.Artifacts.Canonical;
using Planning.Domain;

namespace Planning.Engine.Handoff.Packs;

/// <summary>The files of rulebooks as they were when they were activated.</summary>
public interface IRulebookFiles
{
    /// <summary>File name to bytes.</summary>
    /// <exception cref="KeyNotFoundException">No such rulebook was ever active in the workspace.</exception>
    ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> FilesAsync(WorkspaceId workspace, ContentHash rulebookHash, CancellationToken cancellation);
}

public static class RulebookFiles
{
    /// <summary>The hash of a rulebook: SHA-256 of the canonical JSON that maps each file's name to its checksum.</summary>
    public static ContentHash HashOf(ImmutableSortedDictionary<string, ContentHash> files) => new(Checksum.Of(HandoffJson.Canonical(files)));
}
