using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Domain.Refreshes;
using Planning.Engine;
using Planning.Engine.Entities;
using Planning.Engine.Reads;
using Planning.Engine.Refreshes;
using Planning.Gateway.Errors;
using Planning.Gateway.Mapping;
using Planning.Gateway.OpenApi;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Refreshes: drafted, read and looked for. What moves them on is in <see cref="RefreshStepRoutes"/>.</summary>
internal static class RefreshRoutes
{
    private const string Prefix = "rfr_";

    /// <summary>How many conflicts one answer tells.</summary>
    private const int MaxConflicts = 200;

    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/refreshes", (Delegate)Draft).Commanding<DraftRefreshRequest, RefreshView>(
            "draft_refresh", "Draft the refresh of an environment, or request it at once", StatusCodes.Status201Created, Permission.RequestRefresh);
        v1.MapGet("/refreshes", List).Listing<RefreshItem>("list_refreshes", "List refreshes, newest first");
        v1.MapGet("/refreshes/history", History).Listing<RefreshRunView>("list_refresh_history", "What was done to environments, the last first");
        v1.MapGet("/refreshes/{refresh_id}", Get).Reading<RefreshView>("get_refresh", "Read a refresh, with everything that it destroys");
        v1.MapPatch("/refreshes/{refresh_id}", Edit).Commanding<EditRefreshRequest, RefreshView>(
            "edit_refresh", "Change a draft; what is not given stays", StatusCodes.Status200OK, Permission.RequestRefresh);
        v1.MapGet("/refreshes/{refresh_id}/conflicts", Conflicts).Reading<RefreshConflictsView>(
            "list_refresh_conflicts", "What a refresh would meet if it asked for its slot now, and when nothing would");
    }

    private static Task<IResult> Draft(HttpContext http) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.DraftRefreshRequest, async (call, body) =>
    {
        var (type, keep, groups) = (RefreshInput.Type(body.Type), RefreshInput.Assets("/keep", body.Keep), RefreshInput.Groups(body.NotifyGroups));
        if ((type.Problem ?? keep.Problem ?? groups.Problem) is { } wrong)
            return wrong;
        var environment = new EnvironmentId(body.EnvironmentId);
        if (await EnvironmentPlace.FindAsync(call, body.EnvironmentId) is not { } place)
            return EnvironmentRoutes.NotFound();
        if (EnvironmentTreeDecider.Refuse(place.Tree, environment, call.Actor) is { } closed)
            return Problems.Of(closed);
        var id = new RefreshId(Ids.Derived(Prefix, call.Workspace.Value, call.Key.Id));
        return await call.SendAsync(
            EntityKey.Of(call.Workspace, id),
            new RefreshCommand.Draft(
                id, environment, type.Value!, keep.Value ?? [], body.WithChildren ?? false, EnvironmentInput.Of(body.From, body.To), body.Reason, groups.Value ?? [],
                body.Request ?? false),
            accepted => Answers.Created(http, $"/v1/refreshes/{id}", ViewOf(place, accepted), json => json.RefreshView));
    });

    private static Task<IResult> Edit(HttpContext http, string refresh_id) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.EditRefreshRequest, async (call, body) =>
    {
        var (type, keep, groups) = (RefreshInput.Type(body.Type), RefreshInput.Assets("/keep", body.Keep), RefreshInput.Groups(body.NotifyGroups));
        var window = RefreshInput.Window(body.From, body.To);
        if ((type.Problem ?? keep.Problem ?? groups.Problem ?? window.Problem) is { } wrong)
            return wrong;
        return await SendAsync(call, refresh_id, new RefreshCommand.Edit(type.Value, keep.Value, body.WithChildren, window.Value, body.Reason, groups.Value));
    });

    private static async Task<IResult> Get(HttpContext http, string refresh_id)
    {
        var call = Call.Of(http);
        return await RefreshPlace.VisibleAsync(call, refresh_id) is { } place
            ? Answers.Ok(RefreshViews.Of(place.Refresh, place.Environment.Tree, place.State.Version, place.State.Position), json => json.RefreshView)
            : RefreshPlace.NotFound();
    }

    private static async Task<IResult> Conflicts(HttpContext http, string refresh_id)
    {
        var call = Call.Of(http);
        if (await RefreshPlace.VisibleAsync(call, refresh_id) is not { } place)
            return RefreshPlace.NotFound();
        var rules = await call.Parts.Rulebooks.ActiveAsync(call.Workspace, call.Cancellation);
        var wish = await SlotWishes.OfAsync(call.Parts.Host, call.Workspace, place.Environment.Tree, place.Refresh, place.Refresh.Slots + 1, place.Refresh.Wanted, call.Cancellation);
        var found = ConflictDetection.Find(place.Environment.Tree, wish, rules.Calendars, MaxConflicts);
        var free = ConflictDetection.NextFree(place.Environment.Tree, wish, rules.Calendars);
        return Answers.Ok(
            new RefreshConflictsView(refresh_id, found.InTheWay > 0, found.Count, [.. found.Worst.Select(RefreshViews.Of)], free?.From, free?.To), json => json.RefreshConflictsView);
    }

    private static async Task<IResult> List(
        HttpContext http, string? environment_id, string? status, string? type, string? requested_by, DateTimeOffset? from, DateTimeOffset? to, int? limit, string? cursor)
    {
        var call = Call.Of(http);
        var known = Enum.GetValues<RefreshStatus>().Where(s => RefreshLifecycle.Wire(s).Equals(status, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (status is not null && known.Length == 0)
            return Problems.Unprocessable(
                "filter_invalid", $"There is no status '{status}'; there are {string.Join(", ", Enum.GetValues<RefreshStatus>().Select(RefreshLifecycle.Wire))}.");
        var kind = RefreshInput.Type(type);
        if (kind.Problem is { } wrong)
            return wrong;
        var filter = new RefreshFilter(
            environment_id is null ? null : new EnvironmentId(environment_id), status is null ? null : known[0], type, requested_by is null ? null : new PersonId(requested_by),
            from?.ToUniversalTime(), to?.ToUniversalTime());
        return await Listing.AnswerAsync(
            call, limit, cursor, page => call.Parts.Reads.ListRefreshesAsync(Viewer.Of(call.Workspace, call.Actor), filter, page, call.Cancellation),
            RefreshViews.Of, json => json.PageRefreshItem);
    }

    private static Task<IResult> History(HttpContext http, string? environment_id, string? refresh_id, int? limit, string? cursor)
    {
        var call = Call.Of(http);
        var filter = new RefreshRunFilter(environment_id is null ? null : new EnvironmentId(environment_id), refresh_id is null ? null : new RefreshId(refresh_id));
        return Listing.AnswerAsync(
            call, limit, cursor, page => call.Parts.Reads.ListRefreshRunsAsync(Viewer.Of(call.Workspace, call.Actor), filter, page, call.Cancellation),
            RefreshViews.Of, json => json.PageRefreshRunView);
    }

    /// <summary>Sends a command to a refresh that the caller may touch, and answers with what it has become.</summary>
    public static async Task<IResult> SendAsync(Call call, string refreshId, RefreshCommand command)
    {
        if (await RefreshPlace.VisibleAsync(call, refreshId) is not { } place)
            return RefreshPlace.NotFound();
        return place.Refuse(call.Actor) is { } refused
            ? refused
            : await call.SendAsync(place.Key, command, accepted => Answers.Ok(ViewOf(place.Environment, accepted), json => json.RefreshView));
    }

    private static RefreshView ViewOf(EnvironmentPlace place, Answer.Accepted accepted) =>
        RefreshViews.Of((Refresh)accepted.State, place.Tree, accepted.Version, accepted.Position);
}
