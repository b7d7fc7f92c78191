using Planning.Domain;
using Planning.Engine.Gates.Kept;

namespace Planning.Engine.InMemory;

/// <summary>Results in a dictionary.</summary>
public sealed class InMemoryGateResults : IGateResults
{
    private readonly Lock gate = new();
    private readonly Dictionary<(WorkspaceId, string), KeptResult> results = [];

    public ValueTask<ReadOnlyMemory<byte>?> FindAsync(WorkspaceId workspace, string key, DateTimeOffset notBefore, CancellationToken cancellation)
    {
        lock (gate)
            return new(results.TryGetValue((workspace, key), out var kept) && kept.At >= notBefore ? kept.Findings : (ReadOnlyMemory<byte>?)null);
    }

    public ValueTask KeepAsync(WorkspaceId workspace, KeptResult result, CancellationToken cancellation)
    {
        lock (gate)
            results[(workspace, result.Key)] = result;
        return ValueTask.CompletedTask;
    }

    public ValueTask<int> DropAsync(WorkspaceId workspace, KeptBounds bounds, CancellationToken cancellation)
    {
        lock (gate)
        {
            long bytes = 0;
            var dropped = 0;
            foreach (var (key, kept) in results.Where(r => r.Key.Item1 == workspace).OrderByDescending(r => r.Value.At).ThenBy(r => r.Key.Item2, StringComparer.Ordinal).ToArray())
            {
                bytes += kept.Findings.Length;
                if (bytes > bounds.MaxBytes || kept.At < bounds.NotBefore || bounds.Versions.GetValueOrDefault(kept.Validator, kept.Version) != kept.Version)
                    dropped += results.Remove(key) ? 1 : 0;
            }
            return new(dropped);
        }
    }
}
