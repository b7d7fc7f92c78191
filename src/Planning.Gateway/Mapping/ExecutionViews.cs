using Planning.Contracts;
using Planning.Domain.Plans;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Mapping;

/// <summary>Execution reports on the wire.</summary>
internal static class ExecutionViews
{
    public static ExecutionReportView Of(string planId, ExecutionReport r, long version, long position) => new(
        r.ReportId,
        planId,
        r.Executor.Value,
        r.Environment,
        Wire.Name(r.Outcome),
        r.At,
        r.Deployed.ToDictionary(d => d.Key, d => d.Value.Value, StringComparer.Ordinal),
        [.. r.Tasks.Select(t => new TaskProgressView(t.TaskId, t.StartedAt, t.Points, t.DoneAt))],
        [.. r.Defects.Select(d => new DefectView(d.DefectId, d.Summary, d.FoundAt, d.TaskId))],
        version,
        position,
        r.Comment);
}
