using System.Collections.Concurrent;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Gateway.Commands;

/// <summary>
/// Waits in the gateway, never in an entity's turn, until a plan's gate run has come to its transition: woken by commits
/// of this process, and by looking now and then for those of others.
/// </summary>
internal sealed class GateOutcomes : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<EntityKey, TaskCompletionSource> waiting = new();
    private readonly IEventLog log;
    private readonly IEntityHost host;
    private readonly TimeProvider time;

    public GateOutcomes(IEventLog log, IEntityHost host, TimeProvider time)
    {
        (this.log, this.host, this.time) = (log, host, time);
        log.EventsCommitted += OnCommitted;
    }

    /// <summary>The transition that the run ended with; null when time ran out first, or when the plan no longer waits for it.</summary>
    /// <param name="afterVersion">The plan's version with the run's GATE_STARTED, or an earlier one.</param>
    public async Task<EndedTransition?> WaitAsync(EntityKey plan, GateRunId run, long afterVersion, TimeSpan wait, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            // First the signal, then the look: a commit between the two is not missed.
            var signal = waiting.GetOrAdd(plan, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            var state = (Plan)(await host.ReadAsync(plan, cancellation)).State;
            if (state.Pending?.GateRunId != run)
                return await FindAsync(plan, run, afterVersion, cancellation);
            var left = wait - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
                return null;
            await AnyAsync(signal, left < LookAgain ? left : LookAgain, cancellation);
        }
    }

    /// <summary>The recorded end of a run; null where there is none.</summary>
    public async ValueTask<EndedTransition?> FindAsync(EntityKey plan, GateRunId run, long afterVersion, CancellationToken cancellation)
    {
        foreach (var stored in await log.ReadEntityAsync(plan, afterVersion, cancellation))
        {
            if (stored.Type == "STATE_TRANSITION" && EventCodec.Decode(stored) is PlanEvent.StateTransition ended && ended.GateRunId == run)
                return new EndedTransition(ended, stored.Version, stored.Position);
        }
        return null;
    }

    public void Dispose() => log.EventsCommitted -= OnCommitted;

    private async Task AnyAsync(Task signal, TimeSpan atMost, CancellationToken cancellation)
    {
        try
        {
            await signal.WaitAsync(atMost, time, cancellation);
        }
        catch (TimeoutException)
        {
            // Another process may have written; look.
        }
    }

    private void OnCommitted(Committed committed)
    {
        if (waiting.IsEmpty)
            return;
        if (committed.Events.Count == 0)
        {
            foreach (var plan in waiting.Keys)
                Wake(plan);
            return;
        }
        foreach (var e in committed.Events)
        {
            if (e.Entity.Kind == EntityKind.Plan)
                Wake(e.Entity);
        }
    }

    private void Wake(EntityKey plan)
    {
        if (waiting.TryRemove(plan, out var signal))
            signal.TrySetResult();
    }
}

/// <summary>How a transition with a gate ended, and where that is recorded.</summary>
internal sealed record EndedTransition(PlanEvent.StateTransition Transition, long Version, long Position);
