using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Audit;
using Planning.Gateway.Audit;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Findings that a lead lets pass, with a reason and an end.</summary>
internal static class WaiverRoutes
{
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapPost("/plans/{plan_id}/waivers", Waive).Commanding<WaiveRequest, PlanView>(
            "waive_finding", "Let a finding pass until a given time", StatusCodes.Status200OK, Permission.Waive)
            .Audited(AuditEvent.FindingWaiver, AuditAction.Waive, "plan");

    private static Task<IResult> Waive(HttpContext http, string plan_id) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.WaiveRequest, (call, body) =>
    {
        call.Audit.Says(AuditAction.Waive, ("gate", body.Gate), ("fingerprint", body.Fingerprint), ("expires_at", $"{body.ExpiresAt.ToUniversalTime():O}"));
        return call.SendAsync(
            PlanRoutes.KeyOf(call, plan_id), new PlanCommand.Waive(body.Gate, body.Fingerprint, body.Reason, body.ExpiresAt.ToUniversalTime()), PlanRoutes.View);
    });
}
