using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Refreshes;
using Planning.Engine.Audit;
using Planning.Engine.Entities;
using Planning.Gateway.Audit;
using Planning.Gateway.Errors;
using Planning.Gateway.Mapping;
using Planning.Gateway.OpenApi;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>
/// The way of a refresh through its states. Steps that ask for a slot go on after they are accepted: 202 while its process
/// is under way; who prefers to wait gets its end, 200 when the slot is held, 409 with everything that stands in the way.
/// </summary>
internal static class RefreshStepRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        Step<RefreshStepRequest>("request", "request_refresh", "Have a draft reviewed", Permission.RequestRefresh, http => Call.Of(http).WithBodyAsync(
            ContractsJson.Strict.RefreshStepRequest, (call, _) => SendAsync(call, new RefreshCommand.Request())));
        Step<RefreshReasonRequest>("reject", "reject_refresh", "Send a refresh back to its requester", Permission.ApproveRefresh, http => Reasoned(http, reason => new RefreshCommand.Reject(reason)))
            .Audited(AuditEvent.RefreshApproval, AuditAction.Reject, "refresh");
        Step<AcceptConflictsRequest>("accept-conflicts", "accept_refresh_conflicts", "Accept that a refresh disturbs others", Permission.ApproveRefresh, http => Call.Of(http).WithBodyAsync(
            ContractsJson.Strict.AcceptConflictsRequest, (call, body) => SendAsync(call, new RefreshCommand.AcceptConflicts([.. body.Conflicts], body.Reason))))
            .Audited(AuditEvent.RefreshApproval, AuditAction.Accept, "refresh");
        Step<RefreshStepRequest>("start", "start_refresh", "Start a refresh in its window", Permission.RunRefresh, http => Call.Of(http).WithBodyAsync(
            ContractsJson.Strict.RefreshStepRequest, (call, _) => SendAsync(call, new RefreshCommand.Start())));
        Step<CompleteRefreshRequest>("complete", "complete_refresh", "Report that a refresh is done", Permission.RunRefresh, http => Call.Of(http).WithBodyAsync(
            ContractsJson.Strict.CompleteRefreshRequest, (call, body) => SendAsync(call, new RefreshCommand.Complete(body.Report))));
        Step<RefreshReasonRequest>("fail", "fail_refresh", "Report that a refresh has failed", Permission.RunRefresh, http => Reasoned(http, reason => new RefreshCommand.Fail(reason)));
        Step<RefreshReasonRequest>("roll-back", "roll_back_refresh", "Report that a refresh is rolled back", Permission.RunRefresh, http => Reasoned(http, reason => new RefreshCommand.RollBack(reason)));
        Step<RefreshReasonRequest>("cancel", "cancel_refresh", "Give a refresh up before it begins", Permission.RequestRefresh, http => Reasoned(http, reason => new RefreshCommand.Cancel(reason)));

        Slot<ApproveRefreshRequest>("approve", "approve_refresh", "Approve a refresh, naming what it destroys; its slot is then asked for", Permission.ApproveRefresh, Approve)
            .Audited(AuditEvent.RefreshApproval, AuditAction.Approve, "refresh");
        Slot<RefreshStepRequest>("schedule", "schedule_refresh", "Ask for a slot again, after a refresh was unscheduled", Permission.RequestRefresh, http => Call.Of(http).WithBodyAsync(
            ContractsJson.Strict.RefreshStepRequest, (call, _) => SlotAsync(call, new RefreshCommand.Schedule())));
        Slot<MoveRefreshRequest>("move", "move_refresh", "Move a refresh to another window", Permission.RequestRefresh, http => Call.Of(http).WithBodyAsync(
            ContractsJson.Strict.MoveRefreshRequest, (call, body) => SlotAsync(call, new RefreshCommand.Move(EnvironmentInput.Of(body.From, body.To)))));
        Slot<RetryRefreshRequest>("retry", "retry_refresh", "Try a failed refresh again", Permission.RunRefresh, Retry);
        Slot<RefreshStepRequest>("resume", "resume_refresh", "Go on with a process that waits for somebody to look", Permission.RequestRefresh, http => Call.Of(http).WithBodyAsync(
            ContractsJson.Strict.RefreshStepRequest, (call, _) => SlotAsync(call, new RefreshCommand.Resume())));

        RouteHandlerBuilder Step<TBody>(string step, string name, string summary, Permission needs, RequestOfRefresh handle) where TBody : notnull =>
            v1.MapPost($"/refreshes/{{refresh_id}}/{step}", (HttpContext http, string refresh_id) => handle(http))
                .Commanding<TBody, RefreshView>(name, summary, StatusCodes.Status200OK, needs);

        RouteHandlerBuilder Slot<TBody>(string step, string name, string summary, Permission needs, RequestOfRefresh handle) where TBody : notnull =>
            Step<TBody>(step, name, summary, needs, handle).Produces<RefreshView>(StatusCodes.Status202Accepted).WithMetadata(TakesHeader.Prefer);
    }

    private delegate Task<IResult> RequestOfRefresh(HttpContext http);

    private static Task<IResult> Approve(HttpContext http) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.ApproveRefreshRequest, (call, body) =>
    {
        var destroys = RefreshInput.Assets("/destroys", body.Destroys);
        call.Audit.Says(AuditAction.Approve, ("destroys", string.Join(',', body.Destroys)));
        return destroys.Problem is { } wrong ? Task.FromResult<IResult>(wrong) : SlotAsync(call, new RefreshCommand.Approve(destroys.Value!, body.Notes));
    });

    private static Task<IResult> Retry(HttpContext http) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.RetryRefreshRequest, (call, body) =>
    {
        var window = RefreshInput.Window(body.From, body.To);
        return window.Problem is { } wrong ? Task.FromResult<IResult>(wrong) : SlotAsync(call, new RefreshCommand.Retry(window.Value));
    });

    private static Task<IResult> Reasoned(HttpContext http, Func<string, RefreshCommand> command) => Call.Of(http).WithBodyAsync(
        ContractsJson.Strict.RefreshReasonRequest, (call, body) => SendAsync(call, command(body.Reason)));

    private static Task<IResult> SendAsync(Call call, RefreshCommand command) => RefreshRoutes.SendAsync(call, IdOf(call), command);

    private static async Task<IResult> SlotAsync(Call call, RefreshCommand command)
    {
        if (await RefreshPlace.VisibleAsync(call, IdOf(call)) is not { } place)
            return RefreshPlace.NotFound();
        if (place.Refuse(call.Actor) is { } refused)
            return refused;
        return await call.CommandAsync(place.Key, command) switch
        {
            Answer.Accepted accepted => await EndAsync(call, place, accepted),
            Answer.Rejected rejected => Problems.Of(rejected.Rejection, rejected.Version),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static async Task<IResult> EndAsync(Call call, RefreshPlace place, Answer.Accepted accepted)
    {
        var slot = ((Refresh)accepted.State).Slots;
        if (Preconditions.Wait(call.Http.Request, call.Parts.Options.MaxPreferWait) is { } wait)
        {
            call.Http.Response.Headers["Preference-Applied"] = "wait";
            await call.Parts.Watch.WaitAsync(place.Key, state => ((Refresh)state).Pending is null or { Parked: not null }, wait, call.Cancellation);
        }
        var now = await call.Parts.Host.ReadAsync(place.Key, call.Cancellation);
        var refresh = (Refresh)now.State;
        if (refresh is { Pending: null, Refused: { } why } && refresh.Slots == slot && refresh.Held?.Number != slot)
            return Refused(why, now);
        var view = RefreshViews.Of(refresh, place.Environment.Tree, now.Version, now.Position);
        return call.Answered(accepted with { Version = now.Version, Position = now.Position }, _ => refresh.Pending is not null
            ? Answers.Accepted(call.Http, $"/v1/refreshes/{refresh.Id}", view, json => json.RefreshView)
            : Answers.Ok(view, json => json.RefreshView));
    }

    private static ProblemResult Refused(SlotRefusal why, EntityState now)
    {
        var errors = why.Conflicts.Select(c => Problems.Of(c.ToBlocker())).ToList();
        if (why.NextFree is { } free)
            errors.Add(new ProblemError("next_free_window", $"It is free from {free}.", $"{free.From.UtcDateTime:O}/{free.To.UtcDateTime:O}"));
        return new ProblemResult(StatusCodes.Status409Conflict, "refresh_slot_refused", $"The refresh has not got its slot. {why.Reason}", errors)
        {
            Version = now.Version,
            Position = now.Position,
        };
    }

    private static string IdOf(Call call) => (string)call.Http.Request.RouteValues["refresh_id"]!;
}
