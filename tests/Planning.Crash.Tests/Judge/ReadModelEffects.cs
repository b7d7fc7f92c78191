using Planning.Client;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.InMemory;
using Planning.Engine.Log;
using Planning.Engine.Pump;
using Planning.Engine.Reads;
using Planning.History;

namespace Planning.Crash.Tests.Judge;

/// <summary>The lists as the API shows them, against a fresh fold of the whole log.</summary>
internal static class ReadModelEffects
{
    private const int PageSize = 200;

    private static readonly WorkspaceId Workspace = new("default");

    public static async Task<ConsumerEffects> OfAsync(IReadOnlyList<StoredEvent> log, PlanningClient client)
    {
        var fresh = new InMemoryReadModels();
        await fresh.HandleAsync(new EventBatch(0, 0, log, LeaseEpoch: 0), CancellationToken.None);
        return new ConsumerEffects("read models", await FoldedAsync(fresh), await ListedAsync(client, log[^1].Position));
    }

    private static async Task<IReadOnlyCollection<string>> FoldedAsync(InMemoryReadModels fresh) =>
    [
        .. (await AllAsync(page => fresh.ListPlansAsync(Workspace, new PlanFilter(), page, CancellationToken.None))).Select(p =>
            $"plan {p.Id} {p.Title} {p.Stream} {Lifecycle.Wire(p.Status)} {p.CycleId} {p.TaskCount} {p.Manifest} {p.ContentHash} v{p.Version} @{p.Position}"),
        .. (await AllAsync(page => fresh.ListGateRunsAsync(Workspace, null, page, CancellationToken.None))).Select(r =>
            $"run {r.Id} {r.PlanId} {r.Gate} {r.Outcome ?? "running"} {r.FindingCount}"),
        .. (await AllAsync(page => fresh.ListManifestsAsync(Workspace, null, page, CancellationToken.None))).Select(m =>
            $"manifest {m.Id} {m.PlanId} {m.Number} {m.Digest} {m.Signatures} {m.Sealed}"),
        .. (await AllAsync(page => fresh.ListCyclesAsync(Workspace, null, page, CancellationToken.None))).Select(c =>
            $"cycle {c.Id} {c.Name} {c.Open} {c.NextCycle}"),
    ];

    private static async Task<IReadOnlyCollection<string>> ListedAsync(PlanningClient client, long head) =>
    [
        .. (await AllAsync(cursor => client.Plans.ListAsync(new PlanQuery(MinPosition: head), PageSize, cursor))).Select(p =>
            $"plan {p.Id} {p.Title} {p.Stream} {p.Status} {p.CycleId} {p.TaskCount} {p.ManifestId} {p.ContentHash} v{p.Version} @{p.Position}"),
        .. (await AllAsync(cursor => client.GateRuns.ListAsync(null, PageSize, cursor))).Select(r =>
            $"run {r.Id} {r.PlanId} {r.Gate} {r.Outcome} {r.FindingCount}"),
        .. (await AllAsync(cursor => client.Manifests.ListAsync(null, PageSize, cursor))).Select(m =>
            $"manifest {m.Id} {m.PlanId} {m.Number} {m.Digest} {m.Signatures} {m.Sealed}"),
        .. (await AllAsync(cursor => client.Cycles.ListAsync(null, PageSize, cursor))).Select(c =>
            $"cycle {c.Id} {c.Name} {c.Open} {c.NextCycle}"),
    ];

    private static async Task<List<T>> AllAsync<T>(Func<PageRequest, ValueTask<Engine.Reads.Page<T>>> list)
    {
        var rows = new List<T>();
        string? cursor = null;
        do
        {
            var page = await list(new PageRequest(cursor, PageSize));
            rows.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return rows;
    }

    private static async Task<List<T>> AllAsync<T>(Func<string?, Task<Contracts.Page<T>>> list)
    {
        var rows = new List<T>();
        string? cursor = null;
        do
        {
            var page = await list(cursor);
            rows.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return rows;
    }
}
