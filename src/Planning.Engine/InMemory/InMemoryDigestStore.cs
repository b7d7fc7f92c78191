using System.Collections.Concurrent;
using Planning.Domain;
using Planning.Engine.Digests;

namespace Planning.Engine.InMemory;

/// <summary>Digests in a dictionary.</summary>
public sealed class InMemoryDigestStore : IDigestStore
{
    private readonly ConcurrentDictionary<(WorkspaceId, CycleId), StoredDigest> digests = new();

    public ValueTask SaveAsync(StoredDigest digest, CancellationToken cancellation)
    {
        digests[(digest.Workspace, digest.Cycle)] = digest;
        return ValueTask.CompletedTask;
    }

    public ValueTask<StoredDigest?> FindAsync(WorkspaceId workspace, CycleId cycle, CancellationToken cancellation) =>
        new(digests.GetValueOrDefault((workspace, cycle)));
}
