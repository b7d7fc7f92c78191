using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Audit;
using Planning.Gateway.Audit;
using Planning.Gateway.Errors;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Approvals and decisions of the board.</summary>
internal static class ApprovalRoutes
{
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapPost("/plans/{plan_id}/approvals", Approve).Commanding<ApproveRequest, PlanView>(
            "approve_plan", "Approve or reject a plan's present content", StatusCodes.Status200OK, Permission.Approve, Permission.DecideForBoard)
            .Audited(AuditEvent.PlanApproval, AuditAction.Approve, "plan");

    private static Task<IResult> Approve(HttpContext http, string plan_id) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.ApproveRequest, async (call, body) =>
    {
        if (Wire.Find<ApprovalKind>(body.Kind) is not { } kind)
            return Problems.Unprocessable("invalid_value", $"There is no kind '{body.Kind}'; it is approval or board_decision.", new ProblemError("invalid_value", "approval or board_decision", "/kind"));
        if (Wire.Find<Verdict>(body.Verdict) is not { } verdict)
            return Problems.Unprocessable("invalid_value", $"There is no verdict '{body.Verdict}'; it is approved or rejected.", new ProblemError("invalid_value", "approved or rejected", "/verdict"));
        call.Audit.Says(verdict == Verdict.Rejected ? AuditAction.Reject : AuditAction.Approve, ("kind", body.Kind), ("content_hash", body.ContentHash));
        var seen = body.ContentHash is null ? null : (ContentHash?)new ContentHash(body.ContentHash);
        return await call.SendAsync(PlanRoutes.KeyOf(call, plan_id), new PlanCommand.Approve(kind, verdict, seen, body.Comment), PlanRoutes.View);
    });
}
