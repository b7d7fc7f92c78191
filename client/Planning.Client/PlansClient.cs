using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>Which plans to list; all that are given must hold.</summary>
/// <param name="Tag">name:value.</param>
/// <param name="MinPosition">Wait until the list shows everything up to this position, also what others wrote; what this client wrote it waits for anyway.</param>
public sealed record PlanQuery(
    string? Status = null, string? Stream = null, string? CycleId = null, string? Author = null, int? Priority = null, string? Tag = null, string? Text = null,
    long? MinPosition = null);

/// <summary>Creating, reading, editing and cloning plans.</summary>
public sealed class PlansClient
{
    private readonly Transport transport;

    internal PlansClient(Transport transport) => this.transport = transport;

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<PlanView> CreateAsync(CreatePlanRequest plan, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(HttpMethod.Post, "v1/plans", plan, json => json.CreatePlanRequest, json => json.PlanView, command, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<PlanView> GetAsync(string planId, CancellationToken cancellation = default) =>
        transport.GetAsync(Paths.Plan(planId), json => json.PlanView, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<PlanView> UpdateAsync(string planId, UpdatePlanRequest changes, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(HttpMethod.Patch, Paths.Plan(planId), changes, json => json.UpdatePlanRequest, json => json.PlanView, command, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<PlanView> CloneAsync(string planId, ClonePlanRequest clone, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(HttpMethod.Post, Paths.Plan(planId, "/clone"), clone, json => json.ClonePlanRequest, json => json.PlanView, command, cancellation);

    /// <summary>One page, newest change first.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<Page<PlanItem>> ListAsync(PlanQuery? query = null, int? limit = null, string? cursor = null, CancellationToken cancellation = default)
    {
        var q = query ?? new PlanQuery();
        var path = Paths.Query(
            "v1/plans", ("status", q.Status), ("stream", q.Stream), ("cycle_id", q.CycleId), ("author", q.Author), ("priority", q.Priority), ("tag", q.Tag), ("text", q.Text),
            ("limit", limit), ("cursor", cursor));
        return transport.GetAsync(path, json => json.PagePlanItem, cancellation, q.MinPosition);
    }

    /// <summary>All that fit, fetched page by page as they are asked for.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public IAsyncEnumerable<PlanItem> ListAllAsync(PlanQuery? query = null, CancellationToken cancellation = default) =>
        Pages.AllAsync((cursor, cancel) => ListAsync(query, Pages.Size, cursor, cancel), cancellation);
}
