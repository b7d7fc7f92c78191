using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine;
using Planning.Gateway.Errors;
using Planning.Gateway.Mapping;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>What executors report. Points come from the sealed backlog, the executor from the credential, the time from the server.</summary>
internal static class ExecutionRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/plans/{plan_id}/execution-reports", Report).Commanding<ReportExecutionRequest, ExecutionReportView>(
            "report_execution", "Report what was deployed, done and found", StatusCodes.Status201Created, Permission.ReportExecution);
        v1.MapGet("/plans/{plan_id}/execution-reports", List).Reading<Page<ExecutionReportView>>("list_execution_reports", "Read all execution reports of a plan, oldest first");
    }

    private static Task<IResult> Report(HttpContext http, string plan_id) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.ReportExecutionRequest, async (call, body) =>
    {
        var key = PlanRoutes.KeyOf(call, plan_id);
        var plan = (Plan)(await call.Parts.Host.ReadAsync(key, call.Cancellation)).State;
        if (!plan.Exists)
            return PlanRoutes.NotFound();
        if (Wire.Find<ExecutionOutcome>(body.Outcome) is not { } outcome)
            return Problems.Unprocessable("invalid_value", $"There is no outcome '{body.Outcome}'; it is succeeded or failed.", new ProblemError("invalid_value", "succeeded or failed", "/outcome"));
        var tasks = await TasksAsync(call, plan, body.Tasks ?? []);
        if (tasks.Problem is { } unknown)
            return unknown;
        var report = new ExecutionReport(
            Ids.Derived("rpt_", call.Workspace.Value, plan_id, call.Key.Id),
            call.Actor.Id,
            body.Environment,
            outcome,
            call.Parts.Time.GetUtcNow(),
            (body.Deployed ?? ImmutableSortedDictionary<string, string>.Empty).ToImmutableSortedDictionary(d => d.Key, d => new ContentHash(d.Value), StringComparer.Ordinal),
            tasks.Value,
            [.. (body.Defects ?? []).Select(d => new Defect(d.DefectId, d.Summary, d.FoundAt.ToUniversalTime(), d.TaskId))],
            body.Comment);
        return await call.SendAsync(key, new PlanCommand.ReportExecution(report), accepted =>
        {
            var kept = ((Plan)accepted.State).Reports.FirstOrDefault(r => r.ReportId == report.ReportId) ?? report;
            return Answers.Created(
                call.Http, $"/v1/plans/{plan_id}/execution-reports", ExecutionViews.Of(plan_id, kept, accepted.Version, accepted.Position), json => json.ExecutionReportView);
        });
    });

    private static async Task<IResult> List(HttpContext http, string plan_id)
    {
        var call = Call.Of(http);
        var state = await call.ReadAsync(PlanRoutes.KeyOf(call, plan_id));
        return state.Exists
            ? Answers.Ok(
                new Page<ExecutionReportView>([.. ((Plan)state.State).Reports.Select(r => ExecutionViews.Of(plan_id, r, state.Version, state.Position))]),
                json => json.PageExecutionReportView)
            : PlanRoutes.NotFound();
    }

    private static async ValueTask<Parsed<ImmutableArray<TaskProgress>>> TasksAsync(Call call, Plan plan, IReadOnlyList<TaskProgressRequest> reported)
    {
        if (reported.Count == 0)
            return ImmutableArray<TaskProgress>.Empty;
        var points = await call.Parts.Points.OfAsync(call.Workspace, plan, call.Cancellation);
        var unknown = reported.Where(t => !points.ContainsKey(t.TaskId)).Select(t => new ProblemError(
            "task_unknown", $"The plan's backlog has no task '{t.TaskId}'.", "/tasks")).ToArray();
        if (unknown.Length > 0)
            return Problems.Unprocessable("task_unknown", $"{unknown.Length} reported tasks are not in the plan's backlog. Report tasks by the ids that it has.", unknown);
        return reported.Select(t => new TaskProgress(t.TaskId, points[t.TaskId], t.StartedAt.ToUniversalTime(), t.DoneAt?.ToUniversalTime())).ToImmutableArray();
    }
}
