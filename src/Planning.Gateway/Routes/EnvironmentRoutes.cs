using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Environments;
using Planning.Engine;
using Planning.Engine.Audit;
using Planning.Engine.Entities;
using Planning.Engine.Reads;
using Planning.Gateway.Audit;
using Planning.Gateway.Errors;
using Planning.Gateway.Mapping;
using Planning.Gateway.OpenApi;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>The registry of shared environments. Who is in none of an environment's groups does not see it.</summary>
internal static class EnvironmentRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/environments", (Delegate)Register).Commanding<RegisterEnvironmentRequest, EnvironmentView>(
            "register_environment", "Register a shared environment", StatusCodes.Status201Created, Permission.ManageEnvironments)
            .Audited(AuditEvent.EnvironmentChange, AuditAction.Register, "environment");
        v1.MapGet("/environments", List).Listing<EnvironmentItem>("list_environments", "List the environments that the caller's groups own or use, newest first");
        v1.MapGet("/environments/{environment_id}", Get).Reading<EnvironmentView>("get_environment", "Read an environment");
        v1.MapPatch("/environments/{environment_id}", Change).Commanding<ChangeEnvironmentRequest, EnvironmentView>(
            "change_environment", "Change an environment; what is not given stays", StatusCodes.Status200OK, Permission.ManageEnvironments)
            .Audited(AuditEvent.EnvironmentChange, AuditAction.Change, "environment");
        v1.MapPost("/environments/{environment_id}/retire", Retire).Commanding<RetireEnvironmentRequest, EnvironmentView>(
            "retire_environment", "Take an environment out of use", StatusCodes.Status200OK, Permission.ManageEnvironments)
            .Audited(AuditEvent.EnvironmentChange, AuditAction.Retire, "environment");
        v1.MapPost("/environments/{environment_id}/move", Move).Commanding<MoveEnvironmentRequest, EnvironmentView>(
            "move_environment", "Hang an environment below another one, with everything below it and all that is booked", StatusCodes.Status200OK, Permission.ManageEnvironments)
            .Produces<EnvironmentView>(StatusCodes.Status202Accepted).WithMetadata(TakesHeader.Prefer)
            .Audited(AuditEvent.EnvironmentChange, AuditAction.Move, "environment");
    }

    public static ProblemResult NotFound() =>
        Problems.NotFound("environment_not_found", "There is no environment with this id in this workspace, or none that your groups own or use.");

    private static Task<IResult> Register(HttpContext http) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.RegisterEnvironmentRequest, async (call, body) =>
    {
        var (windows, users, owner) = (EnvironmentInput.Of(body.MaintenanceWindows), EnvironmentInput.Groups(body.UserGroups), EnvironmentInput.Group(body.OwnerGroup));
        if ((windows.Problem ?? users.Problem ?? owner.Problem) is { } wrong)
            return wrong;
        call.Audit.Says(AuditAction.Register, Groups(body.OwnerGroup, body.UserGroups));
        var part = Ids.Derived("", call.Workspace.Value, call.Key.Id);
        var (tree, id) = EnvironmentIds.NewTree(part);
        if (body.Parent is { } parent)
        {
            if (await EnvironmentPlace.VisibleAsync(call, parent) is not { } above)
                return Problems.Unprocessable("parent_unknown", $"There is no environment {parent} that your groups own or use.", new ProblemError("parent_unknown", parent, "/parent"));
            (tree, id) = (above.Place.TreeId, EnvironmentIds.NewEnvironment(above.Place.TreeId, part));
        }
        return await call.SendAsync(
            EntityKey.Of(call.Workspace, tree),
            new EnvironmentCommand.Register(
                tree, id, body.Name, body.Parent is null ? null : new EnvironmentId(body.Parent), body.OwnerGroup, users.Value ?? [], body.Zone, windows.Value ?? []),
            accepted => Answers.Created(http, $"/v1/environments/{id}", ViewOf(tree, id, accepted), json => json.EnvironmentView));
    });

    private static Task<IResult> Change(HttpContext http, string environment_id) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.ChangeEnvironmentRequest, (call, body) =>
    {
        var (windows, users, owner) = (EnvironmentInput.Of(body.MaintenanceWindows), EnvironmentInput.Groups(body.UserGroups), EnvironmentInput.Group(body.OwnerGroup));
        if (body.OwnerGroup is not null || body.UserGroups is not null)
            call.Audit.Says(AuditAction.ChangeOwnership, Groups(body.OwnerGroup, body.UserGroups));
        return (windows.Problem ?? users.Problem ?? owner.Problem) is { } wrong
            ? Task.FromResult<IResult>(wrong)
            : SendAsync(call, environment_id, id => new EnvironmentCommand.Change(id, body.Name, body.OwnerGroup, users.Value, body.Zone, windows.Value));
    });

    private static Task<IResult> Retire(HttpContext http, string environment_id) => Call.Of(http).WithBodyAsync(
        ContractsJson.Strict.RetireEnvironmentRequest, (call, body) => SendAsync(call, environment_id, id => new EnvironmentCommand.Retire(id, body.Reason)));

    private static Task<IResult> Move(HttpContext http, string environment_id) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.MoveEnvironmentRequest, async (call, body) =>
    {
        if (await EnvironmentPlace.FindAsync(call, environment_id) is not { } from)
            return NotFound();
        call.Audit.Says(AuditAction.Move, ("parent", body.Parent));
        var (tree, _) = EnvironmentIds.NewTree(Ids.Derived("", call.Workspace.Value, call.Key.Id));
        if (body.Parent is { } parent)
        {
            if (await EnvironmentPlace.VisibleAsync(call, parent) is not { } above)
                return Problems.Unprocessable("parent_unknown", $"There is no environment {parent} that your groups own or use.", new ProblemError("parent_unknown", parent, "/parent"));
            tree = above.Place.TreeId;
        }
        var id = new EnvironmentId(environment_id);
        var answer = await call.CommandAsync(from.Key, new EnvironmentCommand.Move(id, tree, body.Parent is null ? null : new EnvironmentId(body.Parent)));
        if (answer is Answer.Rejected rejected)
            return Problems.Of(rejected.Rejection, rejected.Version);
        return await ArrivedAsync(call, from, id, (Answer.Accepted)answer);
    });

    /// <summary>A move to another tree goes on after it is accepted; who prefers to wait is answered with its end.</summary>
    private static async Task<IResult> ArrivedAsync(Call call, EnvironmentPlace from, EnvironmentId id, Answer.Accepted accepted)
    {
        if (Preconditions.Wait(call.Http.Request, call.Parts.Options.MaxPreferWait) is { } wait)
        {
            call.Http.Response.Headers["Preference-Applied"] = "wait";
            await call.Parts.Watch.WaitAsync(from.Key, state => !((EnvironmentTree)state).Leaving.ContainsKey(id.Value), wait, call.Cancellation);
        }
        if (await EnvironmentPlace.FindAsync(call, id.Value) is not { } place || place.Tree.Find(id) is not { } environment)
            return NotFound();
        var view = EnvironmentViews.Of(place.TreeId, place.Tree, environment, place.State.Version, place.State.Position);
        return call.Answered(accepted, _ => view.Moving
            ? Answers.Accepted(call.Http, $"/v1/environments/{id}", view, json => json.EnvironmentView)
            : Answers.Ok(view, json => json.EnvironmentView));
    }

    private static async Task<IResult> Get(HttpContext http, string environment_id)
    {
        var call = Call.Of(http);
        if (await EnvironmentPlace.VisibleAsync(call, environment_id) is not var (place, environment))
            return NotFound();
        return Answers.Ok(EnvironmentViews.Of(place.TreeId, place.Tree, environment, place.State.Version, place.State.Position), json => json.EnvironmentView);
    }

    private static Task<IResult> List(HttpContext http, string? tree, string? owner_group, bool? retired, int? limit, string? cursor)
    {
        var call = Call.Of(http);
        var filter = new EnvironmentFilter(tree is null ? null : new EnvironmentTreeId(tree), owner_group, retired);
        return Listing.AnswerAsync(
            call, limit, cursor, page => call.Parts.Reads.ListEnvironmentsAsync(Viewer.Of(call.Workspace, call.Actor), filter, page, call.Cancellation),
            EnvironmentViews.Of, json => json.PageEnvironmentItem);
    }

    private static async Task<IResult> SendAsync(Call call, string environmentId, Func<EnvironmentId, EnvironmentCommand> command)
    {
        if (await EnvironmentPlace.FindAsync(call, environmentId) is not { } place)
            return NotFound();
        var id = new EnvironmentId(environmentId);
        return await call.SendAsync(place.Key, command(id), accepted => Answers.Ok(ViewOf(place.TreeId, id, accepted), json => json.EnvironmentView));
    }

    private static (string, string?)[] Groups(string? owner, IReadOnlyList<string>? users) =>
        [("owner_group", owner), ("user_groups", users is null ? null : string.Join(',', users))];

    private static EnvironmentView ViewOf(EnvironmentTreeId treeId, EnvironmentId id, Answer.Accepted accepted)
    {
        var tree = (EnvironmentTree)accepted.State;
        return EnvironmentViews.Of(treeId, tree, tree.Find(id)!, accepted.Version, accepted.Position);
    }
}
