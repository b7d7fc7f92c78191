namespace Planning.Domain.Plans;

/// <summary>What executors report, and when their reports count.</summary>
public sealed partial class PlanDecider
{
    private static Decision<PlanEvent> ReportExecution(Plan plan, PlanCommand.ReportExecution command, Issued issued)
    {
        var report = command.Report;
        if (plan.Reports.Any(r => r.ReportId == report.ReportId))
            return Decision<PlanEvent>.Nothing;
        if (Permissions.Refuse(issued.By, Permission.ReportExecution) is { } refused)
            return refused;
        if (plan.Status is not (PlanStatus.Executed or PlanStatus.Validated or PlanStatus.Improve or PlanStatus.Completed))
            return Rejection.Conflict("not_executed", $"Execution is reported from EXECUTED on; the plan is {Lifecycle.Wire(plan.Status)}.");
        if (plan.Status != PlanStatus.Executed && !report.Deployed.IsEmpty)
            return Rejection.Conflict("deployment_late", $"Deployments are reported while the plan is EXECUTED; it is {Lifecycle.Wire(plan.Status)}. Defects may still be reported.");
        if (string.IsNullOrWhiteSpace(report.Environment))
            return Rejection.Invalid("environment_missing", "A report names the environment it speaks of. Give it in 'environment'.");
        if (report.Tasks.FirstOrDefault(t => t.DoneAt < t.StartedAt) is { } backwards)
            return Rejection.Invalid("task_times_invalid", $"Task {backwards.TaskId} is done before it started.");
        return new PlanEvent.ExecutionReported(report);
    }
}
