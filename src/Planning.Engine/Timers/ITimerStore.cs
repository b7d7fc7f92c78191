using Planning.Domain;

namespace Planning.Engine.Timers;

/// <summary>Durable timers: each fires once for its effect, also when it fell due while nothing ran.</summary>
public interface ITimerStore
{
    /// <summary>Sets or replaces the timer of this name.</summary>
    ValueTask ScheduleAsync(DurableTimer timer, CancellationToken cancellation);

    ValueTask CancelAsync(WorkspaceId workspace, string name, CancellationToken cancellation);

    /// <summary>
    /// Takes timers that are due, oldest first, under the lease. A claimed timer comes back after
    /// <paramref name="visibleAgainAfter"/> unless it is completed.
    /// </summary>
    ValueTask<IReadOnlyList<DurableTimer>> ClaimDueAsync(DateTimeOffset now, int max, TimeSpan visibleAgainAfter, long leaseEpoch, CancellationToken cancellation);

    /// <summary>
    /// Removes timers that fired, each only as it was claimed: not if it was set anew, nor if another claim came in between.
    /// </summary>
    ValueTask CompleteAsync(IReadOnlyCollection<DurableTimer> fired, CancellationToken cancellation);

    /// <summary>When the next timer falls due; null when there is none.</summary>
    ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellation);
}

/// <param name="Name">Unique in the workspace: <c>gate-watchdog/gtr_…</c>.</param>
/// <param name="Kind">Which handler fires it.</param>
/// <param name="Payload">UTF-8 JSON.</param>
/// <param name="Attempt">How often it was claimed before.</param>
public sealed record DurableTimer(WorkspaceId Workspace, string Name, string Kind, DateTimeOffset DueAt, ReadOnlyMemory<byte> Payload, int Attempt = 0);
