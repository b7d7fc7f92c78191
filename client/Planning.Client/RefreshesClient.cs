using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>
/// Refreshes of shared environments. Approving, scheduling, moving and retrying ask for a slot in the environment's
/// schedule, which takes a moment: these wait for it, and answer with the refresh as it is then.
/// </summary>
public sealed class RefreshesClient
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    private readonly Transport transport;

    internal RefreshesClient(Transport transport) => this.transport = transport;

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RefreshView> DraftAsync(DraftRefreshRequest refresh, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(HttpMethod.Post, "v1/refreshes", refresh, json => json.DraftRefreshRequest, json => json.RefreshView, command, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RefreshView> EditAsync(string refreshId, EditRefreshRequest changes, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(HttpMethod.Patch, Path(refreshId), changes, json => json.EditRefreshRequest, json => json.RefreshView, command, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RefreshView> GetAsync(string refreshId, CancellationToken cancellation = default) =>
        transport.GetAsync(Path(refreshId), json => json.RefreshView, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<Page<RefreshItem>> ListAsync(RefreshQuery? query = null, long? minPosition = null, CancellationToken cancellation = default)
    {
        query ??= new RefreshQuery();
        return transport.GetAsync(
            Paths.Query(
                "v1/refreshes", ("environment_id", query.EnvironmentId), ("status", query.Status), ("type", query.Type), ("requested_by", query.RequestedBy), ("from", query.From),
                ("to", query.To), ("limit", query.Limit), ("cursor", query.Cursor)),
            json => json.PageRefreshItem, cancellation, minPosition);
    }

    /// <summary>What was done to environments, the last first.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<Page<RefreshRunView>> HistoryAsync(
        string? environmentId = null, string? refreshId = null, int? limit = null, string? cursor = null, long? minPosition = null, CancellationToken cancellation = default) =>
        transport.GetAsync(
            Paths.Query("v1/refreshes/history", ("environment_id", environmentId), ("refresh_id", refreshId), ("limit", limit), ("cursor", cursor)),
            json => json.PageRefreshRunView, cancellation, minPosition);

    /// <summary>What the refresh would meet if it asked for its slot now.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RefreshConflictsView> ConflictsAsync(string refreshId, CancellationToken cancellation = default) =>
        transport.GetAsync(Path(refreshId, "/conflicts"), json => json.RefreshConflictsView, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RefreshView> RequestAsync(string refreshId, CommandOptions? command = null, CancellationToken cancellation = default) =>
        StepAsync(refreshId, "request", command, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RefreshView> RejectAsync(string refreshId, string reason, CommandOptions? command = null, CancellationToken cancellation = default) =>
        ReasonAsync(refreshId, "reject", reason, command, cancellation);

    /// <param name="approval">Names everything that is destroyed, as the refresh's view lists it.</param>
    /// <exception cref="PlanningApiException">Refused; <c>refresh_slot_refused</c> when its slot was, with all that stands in the way.</exception>
    public Task<RefreshView> ApproveAsync(string refreshId, ApproveRefreshRequest approval, CommandOptions? command = null, CancellationToken cancellation = default) =>
        SlotAsync(transport.Command(HttpMethod.Post, Path(refreshId, "/approve"), approval, json => json.ApproveRefreshRequest, command), cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RefreshView> AcceptConflictsAsync(
        string refreshId, IReadOnlyList<string> conflicts, string reason, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(
            HttpMethod.Post, Path(refreshId, "/accept-conflicts"), new AcceptConflictsRequest(conflicts, reason), json => json.AcceptConflictsRequest, json => json.RefreshView,
            command, cancellation);

    /// <exception cref="PlanningApiException">Refused; <c>refresh_slot_refused</c> when a scheduled one cannot be moved there.</exception>
    public Task<RefreshView> MoveAsync(string refreshId, DateTimeOffset from, DateTimeOffset to, CommandOptions? command = null, CancellationToken cancellation = default) =>
        SlotAsync(transport.Command(HttpMethod.Post, Path(refreshId, "/move"), new MoveRefreshRequest(from, to), json => json.MoveRefreshRequest, command), cancellation);

    /// <summary>Asks for a slot again, after it was unscheduled.</summary>
    /// <exception cref="PlanningApiException">Refused; <c>refresh_slot_refused</c> with all that stands in the way.</exception>
    public Task<RefreshView> ScheduleAsync(string refreshId, CommandOptions? command = null, CancellationToken cancellation = default) =>
        SlotAsync(transport.Command(HttpMethod.Post, Path(refreshId, "/schedule"), new RefreshStepRequest(), json => json.RefreshStepRequest, command), cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RefreshView> StartAsync(string refreshId, CommandOptions? command = null, CancellationToken cancellation = default) =>
        StepAsync(refreshId, "start", command, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RefreshView> CompleteAsync(string refreshId, string? report = null, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(
            HttpMethod.Post, Path(refreshId, "/complete"), new CompleteRefreshRequest(report), json => json.CompleteRefreshRequest, json => json.RefreshView, command, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RefreshView> FailAsync(string refreshId, string reason, CommandOptions? command = null, CancellationToken cancellation = default) =>
        ReasonAsync(refreshId, "fail", reason, command, cancellation);

    /// <param name="retry">Another window, or none for what is left of its own.</param>
    /// <exception cref="PlanningApiException">Refused; <c>refresh_slot_refused</c> with all that stands in the way.</exception>
    public Task<RefreshView> RetryAsync(string refreshId, RetryRefreshRequest? retry = null, CommandOptions? command = null, CancellationToken cancellation = default) =>
        SlotAsync(transport.Command(HttpMethod.Post, Path(refreshId, "/retry"), retry ?? new RetryRefreshRequest(), json => json.RetryRefreshRequest, command), cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RefreshView> RollBackAsync(string refreshId, string reason, CommandOptions? command = null, CancellationToken cancellation = default) =>
        ReasonAsync(refreshId, "roll-back", reason, command, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RefreshView> CancelAsync(string refreshId, string reason, CommandOptions? command = null, CancellationToken cancellation = default) =>
        ReasonAsync(refreshId, "cancel", reason, command, cancellation);

    /// <summary>Goes on with a process that was parked.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<RefreshView> ResumeAsync(string refreshId, CommandOptions? command = null, CancellationToken cancellation = default) =>
        SlotAsync(transport.Command(HttpMethod.Post, Path(refreshId, "/resume"), new RefreshStepRequest(), json => json.RefreshStepRequest, command), cancellation);

    private Task<RefreshView> SlotAsync(ApiRequest request, CancellationToken cancellation) =>
        transport.CommandAsync(request with { Wait = DefaultPatience }, json => json.RefreshView, cancellation);

    private Task<RefreshView> StepAsync(string refreshId, string step, CommandOptions? command, CancellationToken cancellation) =>
        transport.CommandAsync(
            HttpMethod.Post, Path(refreshId, $"/{step}"), new RefreshStepRequest(), json => json.RefreshStepRequest, json => json.RefreshView, command, cancellation);

    private Task<RefreshView> ReasonAsync(string refreshId, string step, string reason, CommandOptions? command, CancellationToken cancellation) =>
        transport.CommandAsync(
            HttpMethod.Post, Path(refreshId, $"/{step}"), new RefreshReasonRequest(reason), json => json.RefreshReasonRequest, json => json.RefreshView, command, cancellation);

    private static string Path(string id, string rest = "") => $"v1/refreshes/{Paths.Escape(id)}{rest}";
}

/// <summary>All that are given must hold.</summary>
/// <param name="From">Refreshes whose window ends after it.</param>
/// <param name="To">Refreshes whose window begins before it.</param>
public sealed record RefreshQuery(
    string? EnvironmentId = null, string? Status = null, string? Type = null, string? RequestedBy = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
    int? Limit = null, string? Cursor = null);
