using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>Gate runs and their reports.</summary>
public sealed class GateRunsClient
{
    private readonly Transport transport;

    internal GateRunsClient(Transport transport) => this.transport = transport;

    /// <param name="planId">Null lists those of all plans.</param>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<Page<GateRunItem>> ListAsync(string? planId = null, int? limit = null, string? cursor = null, long? minPosition = null, CancellationToken cancellation = default) =>
        transport.GetAsync(
            Paths.Query(planId is null ? "v1/gate-runs" : Paths.Plan(planId, "/gate-runs"), ("limit", limit), ("cursor", cursor)), json => json.PageGateRunItem, cancellation, minPosition);

    /// <summary>All runs, fetched page by page as they are asked for.</summary>
    /// <param name="planId">Null lists those of all plans.</param>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public IAsyncEnumerable<GateRunItem> ListAllAsync(string? planId = null, CancellationToken cancellation = default) =>
        Pages.AllAsync((cursor, cancel) => ListAsync(planId, Pages.Size, cursor, minPosition: null, cancel), cancellation);

    /// <summary>A run with its first findings, errors first.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<GateRunView> GetAsync(string planId, string gateRunId, CancellationToken cancellation = default) =>
        transport.GetAsync(Path(planId, gateRunId), json => json.GateRunView, cancellation);

    /// <summary>Every finding of a run that has ended.</summary>
    /// <exception cref="PlanningApiException">Refused; <c>gate_run_running</c> as long as it has not.</exception>
    public Task<GateReportView> GetReportAsync(string planId, string gateRunId, CancellationToken cancellation = default) =>
        transport.GetAsync(Path(planId, gateRunId) + "/report", json => json.GateReportView, cancellation);

    /// <summary>
    /// Waits until a run has ended and its plan has taken up the outcome: for runs that no transition of the caller's began,
    /// such as that of an edit of a packaged plan. Cancel to stop waiting.
    /// </summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public async Task<GateRunView> WaitAsync(string planId, string gateRunId, CancellationToken cancellation = default)
    {
        while (true)
        {
            var run = await GetAsync(planId, gateRunId, cancellation);
            if (run.Outcome != "running")
            {
                var plan = await transport.GetAsync(Paths.Plan(planId), json => json.PlanView, cancellation);
                if (plan.Pending?.GateRunId != gateRunId)
                {
                    transport.Positions.Saw(plan.Position);
                    return run;
                }
            }
            await Task.Delay(transport.Options.PollInterval, transport.Time, cancellation);
        }
    }

    private static string Path(string planId, string gateRunId) => Paths.Plan(planId, $"/gate-runs/{Paths.Escape(gateRunId)}");
}
