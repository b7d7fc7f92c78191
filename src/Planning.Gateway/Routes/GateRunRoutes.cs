using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Engine.Gates;
using Planning.Engine.Json;
using Planning.Gateway.Errors;
using Planning.Gateway.Mapping;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Gate runs, running and ended, and every finding of one.</summary>
internal static class GateRunRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/gate-runs", (HttpContext http, int? limit, string? cursor) => List(http, null, limit, cursor))
            .Listing<GateRunItem>("list_gate_runs", "List gate runs of all plans, the latest first");
        v1.MapGet("/plans/{plan_id}/gate-runs", (HttpContext http, string plan_id, int? limit, string? cursor) => List(http, new PlanId(plan_id), limit, cursor))
            .Listing<GateRunItem>("list_plan_gate_runs", "List gate runs of a plan, the latest first");
        v1.MapGet("/plans/{plan_id}/gate-runs/{gate_run_id}", Get).Reading<GateRunView>("get_gate_run", "Read a gate run with its first findings");
        v1.MapGet("/plans/{plan_id}/gate-runs/{gate_run_id}/report", Report).Reading<GateReportView>("get_gate_report", "Read every finding of a gate run");
    }

    private static Task<IResult> List(HttpContext http, PlanId? plan, int? limit, string? cursor)
    {
        var call = Call.Of(http);
        return Listing.AnswerAsync(
            call, limit, cursor, page => call.Parts.Reads.ListGateRunsAsync(call.Workspace, plan, page, call.Cancellation), GateRunViews.Of, json => json.PageGateRunItem);
    }

    private static async Task<IResult> Get(HttpContext http, string plan_id, string gate_run_id)
    {
        var call = Call.Of(http);
        if (await EndedAsync(call, plan_id, gate_run_id) is { } report)
            return Answers.Ok(GateRunViews.Of(report), json => json.GateRunView);
        return await RunningAsync(call, plan_id, gate_run_id) is { } pending
            ? Answers.Ok(GateRunViews.Of(new PlanId(plan_id), pending), json => json.GateRunView)
            : NotFound();
    }

    private static async Task<IResult> Report(HttpContext http, string plan_id, string gate_run_id)
    {
        var call = Call.Of(http);
        if (await EndedAsync(call, plan_id, gate_run_id) is not { } report)
        {
            return await RunningAsync(call, plan_id, gate_run_id) is null
                ? NotFound()
                : Problems.Conflict("gate_run_running", "The gate run has not ended, so there is no report yet. Ask again, or request the transition with Prefer: wait.");
        }
        var findings = report.Findings;
        if (report.ReportHash is { } whole)
        {
            if (await call.Parts.Blobs.GetAsync(call.Workspace, whole, call.Cancellation) is not { } bytes)
                return Problems.Conflict("artifact_damaged", $"The stored report {whole} is missing or damaged. Restore it from the backup copy.");
            findings = JsonSerializer.Deserialize<GateReportDocument>(bytes.Span, PlanningJson.Options)!.Findings;
        }
        return Answers.Ok(
            new GateReportView(gate_run_id, plan_id, report.Gate, Wire.Name(report.Outcome), [.. findings.Select(GateRunViews.Of)]), json => json.GateReportView);
    }

    private static async ValueTask<GateRunReport?> EndedAsync(Call call, string planId, string runId)
    {
        var run = (GateRun)(await call.Parts.Host.ReadAsync(EntityKey.Of(call.Workspace, new GateRunId(runId)), call.Cancellation)).State;
        return run.Report?.PlanId.Value == planId ? run.Report : null;
    }

    private static async ValueTask<PendingTransition?> RunningAsync(Call call, string planId, string runId)
    {
        var plan = (Plan)(await call.Parts.Host.ReadAsync(PlanRoutes.KeyOf(call, planId), call.Cancellation)).State;
        return plan.Pending?.GateRunId.Value == runId ? plan.Pending : null;
    }

    private static ProblemResult NotFound() => Problems.NotFound("gate_run_not_found", "The plan has no gate run with this id in this workspace.");
}
