using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>Shared environments: the registry, their schedules, and when they are free.</summary>
public sealed class EnvironmentsClient
{
    private readonly Transport transport;

    internal EnvironmentsClient(Transport transport) => this.transport = transport;

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<EnvironmentView> RegisterAsync(RegisterEnvironmentRequest environment, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(HttpMethod.Post, "v1/environments", environment, json => json.RegisterEnvironmentRequest, json => json.EnvironmentView, command, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<EnvironmentView> GetAsync(string environmentId, CancellationToken cancellation = default) =>
        transport.GetAsync(Path(environmentId), json => json.EnvironmentView, cancellation);

    /// <param name="tree">Only those of one tree.</param>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<Page<EnvironmentItem>> ListAsync(
        string? tree = null, string? ownerGroup = null, bool? retired = null, int? limit = null, string? cursor = null, long? minPosition = null, CancellationToken cancellation = default) =>
        transport.GetAsync(
            Paths.Query("v1/environments", ("tree", tree), ("owner_group", ownerGroup), ("retired", retired), ("limit", limit), ("cursor", cursor)),
            json => json.PageEnvironmentItem, cancellation, minPosition);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<EnvironmentView> ChangeAsync(string environmentId, ChangeEnvironmentRequest change, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(HttpMethod.Patch, Path(environmentId), change, json => json.ChangeEnvironmentRequest, json => json.EnvironmentView, command, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<EnvironmentView> RetireAsync(string environmentId, string reason, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(
            HttpMethod.Post, Path(environmentId, "/retire"), new RetireEnvironmentRequest(reason), json => json.RetireEnvironmentRequest, json => json.EnvironmentView, command, cancellation);

    /// <summary>Within its tree it has moved when this ends; to another tree it may still be moving.</summary>
    /// <param name="parent">Null makes it the root of a tree of its own.</param>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<EnvironmentView> MoveAsync(string environmentId, string? parent, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(
            HttpMethod.Post, Path(environmentId, "/move"), new MoveEnvironmentRequest(parent), json => json.MoveEnvironmentRequest, json => json.EnvironmentView, command, cancellation);

    /// <summary>What takes it, or anything above or below it; the next 31 days where nothing else is said.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<ScheduleView> GetScheduleAsync(string environmentId, DateTimeOffset? from = null, DateTimeOffset? to = null, CancellationToken cancellation = default) =>
        transport.GetAsync(Paths.Query(Path(environmentId, "/schedule"), ("from", from), ("to", to)), json => json.ScheduleView, cancellation);

    /// <param name="length">Whole minutes.</param>
    /// <param name="mode">exclusive, the default, or shared.</param>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<FreeWindowView> FindFreeWindowAsync(
        string environmentId, TimeSpan length, DateTimeOffset? from = null, string? mode = null, CancellationToken cancellation = default) =>
        transport.GetAsync(
            Paths.Query(Path(environmentId, "/free-window"), ("minutes", (int)length.TotalMinutes), ("from", from), ("mode", mode)), json => json.FreeWindowView, cancellation);

    private static string Path(string id, string rest = "") => $"v1/environments/{Paths.Escape(id)}{rest}";
}
