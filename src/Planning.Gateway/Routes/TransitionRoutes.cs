using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Audit;
using Planning.Engine.Entities;
using Planning.Gateway.Audit;
using Planning.Gateway.Commands;
using Planning.Gateway.Errors;
using Planning.Gateway.OpenApi;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>
/// The way of a plan through its states:
/// <list type="number">
/// <item>send the request; a plain transition has moved the plan when it is answered (200)</item>
/// <item>a gated one is pending: 202 with the gate run, unless the caller prefers to wait</item>
/// <item>waited for, it has moved (200), or stayed: 409 with everything that stands in the way</item>
/// </list>
/// </summary>
internal static class TransitionRoutes
{
    private static readonly Permission[] AnyTransition = [.. Lifecycle.Arrows.Select(a => a.Needs).Distinct()];

    public static void Map(RouteGroupBuilder v1) =>
        v1.MapPost("/plans/{plan_id}/transitions", Request)
            .Commanding<TransitionRequest, TransitionView>("request_transition", "Move a plan to another state, through its gate where there is one", StatusCodes.Status200OK, AnyTransition)
            .Produces<TransitionView>(StatusCodes.Status202Accepted)
            .WithMetadata(TakesHeader.Prefer)
            .AuditedWhereSaid(AuditEvent.PlanWithdrawal, "plan");

    private static Task<IResult> Request(HttpContext http, string plan_id) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.TransitionRequest, async (call, body) =>
    {
        if (Wire.Find<Trigger>(body.Trigger) is not { } trigger)
            return Problems.Unprocessable("unknown_trigger", $"There is no trigger '{body.Trigger}'; there are {string.Join(", ", Wire.All<Trigger>())}.");
        if (trigger == Trigger.Withdraw)
            call.Audit.Says(AuditAction.Withdraw);
        var plan = PlanRoutes.KeyOf(call, plan_id);
        var run = PlanRoutes.NextRun(call, plan_id);
        return await call.CommandAsync(plan, new PlanCommand.RequestTransition(trigger, run, body.Reason)) switch
        {
            Answer.Accepted accepted => await EndAsync(call, plan, run, accepted),
            Answer.Rejected rejected => Problems.Of(rejected.Rejection, rejected.Version),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    });

    private static async Task<IResult> EndAsync(Call call, EntityKey plan, GateRunId run, Answer.Accepted accepted)
    {
        var first = accepted.Events.Count > 0 ? accepted.Events[^1] : await FirstAnswerAsync(call, plan, accepted);
        if (first is not PlanEvent.GateStarted started)
            return call.Answered(accepted, _ => Moved(plan, (PlanEvent.StateTransition)first, accepted.Version, accepted.Position));

        // A repeated request is answered with the outcome where there is one already.
        var preferred = Preconditions.Wait(call.Http.Request, call.Parts.Options.MaxPreferWait);
        var ended = (preferred ?? (accepted.Repeated ? TimeSpan.Zero : null)) is not { } wait ? null
            : await call.Parts.Outcomes.WaitAsync(plan, run, accepted.Version, wait, call.Cancellation);
        if (preferred is not null)
            call.Http.Response.Headers["Preference-Applied"] = "wait";
        if (ended is null)
            return call.Answered(accepted, _ => Pending(call, plan, started, accepted));
        return ended.Transition.Outcome == TransitionOutcome.Moved
            ? call.Answered(accepted with { Version = ended.Version, Position = ended.Position }, a => Moved(plan, ended.Transition, a.Version, a.Position))
            : Blocked(ended);
    }

    /// <summary>What a repeated command did the first time: its last event.</summary>
    private static async ValueTask<object> FirstAnswerAsync(Call call, EntityKey plan, Answer.Accepted accepted) =>
        EventCodec.Decode((await call.Parts.Log.ReadEntityAsync(plan, accepted.Version - 1, call.Cancellation))[0]);

    private static IResult Moved(EntityKey plan, PlanEvent.StateTransition t, long version, long position) => Answers.Ok(
        new TransitionView(
            plan.Id, Wire.Name(t.Trigger), "moved", Wire.Name(t.FromState), Wire.Name(t.ToState), version, position, t.Gate, t.GateRunId?.Value, t.ManifestId?.Value),
        json => json.TransitionView);

    private static IResult Pending(Call call, EntityKey plan, PlanEvent.GateStarted g, Answer.Accepted accepted) => Answers.Accepted(
        call.Http,
        $"/v1/plans/{plan.Id}/gate-runs/{g.GateRunId}",
        new TransitionView(
            plan.Id, Wire.Name(g.Trigger), "pending", Wire.Name(g.FromState), Wire.Name(g.ToState), accepted.Version, accepted.Position, g.Gate, g.GateRunId.Value),
        json => json.TransitionView);

    private static ProblemResult Blocked(EndedTransition ended)
    {
        var blockers = ended.Transition.Blockers ?? [];
        return new ProblemResult(
            StatusCodes.Status409Conflict,
            "transition_blocked",
            $"The plan stays {Wire.Name(ended.Transition.FromState)}: {blockers.Length} {(blockers.Length == 1 ? "thing stands" : "things stand")} in the way of {Wire.Name(ended.Transition.Trigger)}. Mend what is listed, then request it again.",
            [.. blockers.Select(Problems.Of)])
        {
            GateRunId = ended.Transition.GateRunId?.Value,
            Version = ended.Version,
            Position = ended.Position,
        };
    }
}
