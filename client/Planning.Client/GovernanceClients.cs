using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>Approvals and decisions of the board.</summary>
public sealed class ApprovalsClient
{
    private readonly Transport transport;

    internal ApprovalsClient(Transport transport) => this.transport = transport;

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<PlanView> RecordAsync(string planId, ApproveRequest approval, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(HttpMethod.Post, Paths.Plan(planId, "/approvals"), approval, json => json.ApproveRequest, json => json.PlanView, command, cancellation);
}

/// <summary>What governance says about open plans.</summary>
public sealed class ComplianceClient
{
    private readonly Transport transport;

    internal ComplianceClient(Transport transport) => this.transport = transport;

    /// <summary>One page, newest plan first, of everything that this client has written.</summary>
    /// <param name="compliant">Only plans of which nothing, or something, is missing.</param>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<CompliancePage> ListAsync(
        bool? compliant = null, string? stream = null, int? limit = null, string? cursor = null, long? minPosition = null, CancellationToken cancellation = default) =>
        transport.GetAsync(
            Paths.Query("v1/compliance", ("compliant", compliant), ("stream", stream), ("limit", limit), ("cursor", cursor)), json => json.CompliancePage, cancellation, minPosition);
}

/// <summary>Findings that a lead lets pass.</summary>
public sealed class WaiversClient
{
    private readonly Transport transport;

    internal WaiversClient(Transport transport) => this.transport = transport;

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<PlanView> GrantAsync(string planId, WaiveRequest waiver, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(HttpMethod.Post, Paths.Plan(planId, "/waivers"), waiver, json => json.WaiveRequest, json => json.PlanView, command, cancellation);
}

/// <summary>What executors report.</summary>
public sealed class ExecutionsClient
{
    private readonly Transport transport;

    internal ExecutionsClient(Transport transport) => this.transport = transport;

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<ExecutionReportView> ReportAsync(string planId, ReportExecutionRequest report, CommandOptions? command = null, CancellationToken cancellation = default) =>
        transport.CommandAsync(
            HttpMethod.Post, Paths.Plan(planId, "/execution-reports"), report, json => json.ReportExecutionRequest, json => json.ExecutionReportView, command, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<Page<ExecutionReportView>> ListAsync(string planId, CancellationToken cancellation = default) =>
        transport.GetAsync(Paths.Plan(planId, "/execution-reports"), json => json.PageExecutionReportView, cancellation);
}
