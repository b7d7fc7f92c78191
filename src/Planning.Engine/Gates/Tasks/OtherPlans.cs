using Planning.Artifacts.Kinds;
using Planning.Domain;
using Planning.Domain.Plans;

namespace Planning.Engine.Gates.Tasks;

/// <param name="Tasks">By id, the first of each; null when a backlog of the plan cannot be read.</param>
internal sealed record OtherPlan(Plan Plan, IReadOnlyDictionary<string, PlannedTask>? Tasks);

/// <summary>The plans that dependencies lead to, each read once.</summary>
internal sealed class OtherPlans(IWorkspacePlans workspace)
{
    private readonly Dictionary<PlanId, OtherPlan?> read = [];

    public int Count => read.Count;

    /// <summary>Null when there is no such plan in the workspace.</summary>
    public async ValueTask<OtherPlan?> FindAsync(PlanId id, CancellationToken cancellation)
    {
        if (read.TryGetValue(id, out var known))
            return known;
        return read[id] = await workspace.FindAsync(id, cancellation) is { } plan ? await ReadAsync(plan, cancellation) : null;
    }

    private async ValueTask<OtherPlan> ReadAsync(Plan plan, CancellationToken cancellation)
    {
        var reading = BacklogReading.Of(await workspace.ArtifactsAsync(plan, ArtifactKind.Backlog, cancellation), "");
        return new OtherPlan(plan, reading.Tasks is null ? null : ById(reading.Tasks));
    }

    public static Dictionary<string, PlannedTask> ById(IReadOnlyList<PlannedTask> tasks)
    {
        var byId = new Dictionary<string, PlannedTask>(tasks.Count, StringComparer.Ordinal);
        foreach (var task in tasks)
        {
            if (task.Task.Id.Length > 0)
                byId.TryAdd(task.Task.Id, task);
        }
        return byId;
    }
}
