using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Gateway.Commands;

/// <summary>What a plan's gate run has come to.</summary>
internal sealed class GateOutcomes(EntityWatch watch, IEventLog log)
{
    /// <summary>The transition that the run ended with; null when time ran out first, or when the plan no longer waits for it.</summary>
    /// <param name="afterVersion">The plan's version with the run's GATE_STARTED, or an earlier one.</param>
    public async Task<EndedTransition?> WaitAsync(EntityKey plan, GateRunId run, long afterVersion, TimeSpan wait, CancellationToken cancellation) =>
        await watch.WaitAsync(plan, state => ((Plan)state).Pending?.GateRunId != run, wait, cancellation)
            ? await FindAsync(plan, run, afterVersion, cancellation)
            : null;

    /// <summary>The recorded end of a run; null where there is none.</summary>
    private async ValueTask<EndedTransition?> FindAsync(EntityKey plan, GateRunId run, long afterVersion, CancellationToken cancellation)
    {
        foreach (var stored in await log.ReadEntityAsync(plan, afterVersion, cancellation))
        {
            if (stored.Type == "STATE_TRANSITION" && EventCodec.Decode(stored) is PlanEvent.StateTransition ended && ended.GateRunId == run)
                return new EndedTransition(ended, stored.Version, stored.Position);
        }
        return null;
    }
}

/// <summary>How a transition with a gate ended, and where that is recorded.</summary>
internal sealed record EndedTransition(PlanEvent.StateTransition Transition, long Version, long Position);
