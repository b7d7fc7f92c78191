using System.Diagnostics.Metrics;
using Planning.Domain;
using Planning.Domain.Refreshes;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.Engine.Reactors;
using Planning.Engine.Reads;
using Planning.Engine.Telemetry;

namespace Planning.Engine.Refreshes;

/// <summary>
/// Counts refreshes by the states they reach, times their runs, and tells how many wait for approval. Counted where events
/// are carried on, so once in a cluster; after a crash a few may be counted twice.
/// </summary>
/// <param name="listedAsync">Ends when the lists show everything up to a position of a partition.</param>
public sealed class RefreshMetrics(IEntityHost host, IReadModels reads, Func<int, long, CancellationToken, Task> listedAsync) : IReactor
{
    /// <summary>Seconds: 1 minute to 4 hours.</summary>
    private static readonly double[] Buckets = [60, 300, 600, 1800, 3600, 7200, 14400];

    private static readonly Counter<long> Intents = PlanningMeter.Instance.CreateCounter<long>(
        "planning_refresh_intents_total", description: "Refreshes by the state that they reached");

    private static readonly Histogram<double> Durations = PlanningMeter.Instance.CreateHistogram(
        "planning_refresh_duration_seconds", unit: "s", description: "Duration of runs", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets });

    private static long pending;

    private static readonly ObservableGauge<long> Pending = PlanningMeter.Instance.CreateObservableGauge(
        "planning_refresh_pending_approvals", () => Interlocked.Read(ref pending), description: "Refreshes that wait for approval");

    public string Name => "refresh-metrics";

    public IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "REFRESH_DRAFTED", "REFRESH_REQUESTED", "REFRESH_REJECTED", "REFRESH_APPROVED", "REFRESH_APPROVAL_UNDONE", "REFRESH_SCHEDULED", "REFRESH_UNSCHEDULED",
        "REFRESH_STARTED", "REFRESH_COMPLETED", "REFRESH_FAILED", "REFRESH_ROLLED_BACK", "REFRESH_CANCELLED",
    };

    public async Task ReactAsync(StoredEvent happened, CancellationToken cancellation)
    {
        var refresh = (Refresh)(await host.ReadAsync(happened.Entity, cancellation)).State;
        var (type, decoded) = (KeyValuePair.Create<string, object?>("refresh_type", refresh.Type), (RefreshEvent)EventCodec.Decode(happened));
        var environment = KeyValuePair.Create<string, object?>("entity_type", "environment");
        Intents.Add(1, KeyValuePair.Create<string, object?>("status", RefreshLifecycle.Wire(Reached(decoded))), environment, type);
        if (decoded is RefreshEvent.RefreshCompleted or RefreshEvent.RefreshFailed
            && refresh.History.FirstOrDefault(run => run.EndedAt == EndOf(decoded)) is { } run)
            Durations.Record((run.EndedAt - run.StartedAt).TotalSeconds, environment, type, KeyValuePair.Create<string, object?>("outcome", Snake.Case(run.Outcome.ToString())));
        await listedAsync(happened.Partition, happened.Position, cancellation);
        Interlocked.Exchange(ref pending, await reads.CountPendingApprovalsAsync(cancellation));
    }

    private static DateTimeOffset? EndOf(RefreshEvent happened) => happened switch
    {
        RefreshEvent.RefreshCompleted e => e.At,
        RefreshEvent.RefreshFailed e => e.At,
        _ => null,
    };

    private static RefreshStatus Reached(RefreshEvent happened) => happened switch
    {
        RefreshEvent.RefreshDrafted or RefreshEvent.RefreshRejected => RefreshStatus.Draft,
        RefreshEvent.RefreshRequested or RefreshEvent.RefreshApprovalUndone => RefreshStatus.Requested,
        RefreshEvent.RefreshApproved or RefreshEvent.RefreshUnscheduled => RefreshStatus.Approved,
        RefreshEvent.RefreshScheduled => RefreshStatus.Scheduled,
        RefreshEvent.RefreshStarted => RefreshStatus.InProgress,
        RefreshEvent.RefreshCompleted => RefreshStatus.Completed,
        RefreshEvent.RefreshFailed => RefreshStatus.Failed,
        RefreshEvent.RefreshRolledBack => RefreshStatus.RolledBack,
        RefreshEvent.RefreshCancelled => RefreshStatus.Cancelled,
        _ => throw new System.Diagnostics.UnreachableException($"{happened.GetType().Name} reaches no state."),
    };
}
