using System.Collections.Frozen;
using Planning.Artifacts.Backlogs;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Kinds;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Blobs;
using Planning.Engine.Gates;

namespace Planning.Engine.Intake;

/// <summary>The tasks of a plan with their estimates, out of its backlog as it is sealed; remembered, because executors report often.</summary>
public sealed class BacklogPoints(IBlobStore blobs, ArtifactLimits limits)
{
    private const long CacheBytes = 16 * 1024 * 1024;
    private const int BytesPerTask = 120;

    private static readonly string BacklogKind = Snake.Case(nameof(ArtifactKind.Backlog));

    private readonly BoundedCache<(WorkspaceId, ContentHash), FrozenDictionary<string, decimal?>> read = new(CacheBytes);

    /// <summary>Task id to estimate; null for a task without one.</summary>
    public async ValueTask<IReadOnlyDictionary<string, decimal?>> OfAsync(WorkspaceId workspace, Plan plan, CancellationToken cancellation)
    {
        var backlogs = plan.Content.Where(a => a.Kind == BacklogKind).ToArray();
        if (backlogs.Length == 1)
            return await ReadAsync(workspace, backlogs[0], cancellation);
        var all = new Dictionary<string, decimal?>(StringComparer.Ordinal);
        foreach (var backlog in backlogs)
        {
            foreach (var (task, points) in await ReadAsync(workspace, backlog, cancellation))
                all.TryAdd(task, points);
        }
        return all;
    }

    private async ValueTask<FrozenDictionary<string, decimal?>> ReadAsync(WorkspaceId workspace, ArtifactRef backlog, CancellationToken cancellation)
    {
        if (read.TryGet((workspace, backlog.Hash), out var known))
            return known;
        if (await blobs.GetAsync(workspace, backlog.Hash, cancellation) is not { } bytes)
            return FrozenDictionary<string, decimal?>.Empty;
        var tasks = BacklogReader.Read(ArtifactParser.Parse(bytes, backlog.Name, limits)).Value?.Tasks ?? [];
        var points = tasks.Where(t => t.Id.Length > 0).DistinctBy(t => t.Id).ToFrozenDictionary(t => t.Id, t => t.EffortPoints, StringComparer.Ordinal);
        return read.Add((workspace, backlog.Hash), points, BytesPerTask * (points.Count + 1L));
    }
}
