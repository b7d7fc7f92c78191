using Planning.Domain.Cycles;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Log;
using Planning.History;

namespace Planning.Crash.Tests.Judge;

/// <summary>What each reactor owes to the log, and what it did, both read from the log: one gate outcome per run, and so on.</summary>
internal static class ReactorEffects
{
    public static IEnumerable<ConsumerEffects> Of(IReadOnlyList<StoredEvent> log)
    {
        var decoded = log.Where(e => e.Type != "RULEBOOK_ACTIVATED").Select(e => (Stored: e, Happened: EventCodec.Decode(e))).ToArray();
        yield return new ConsumerEffects(
            "gate runs",
            [.. decoded.Select(e => e.Happened).OfType<PlanEvent.GateStarted>().Select(e => e.GateRunId.Value)],
            [.. decoded.Where(e => e.Happened is GateRunEvent).Select(e => e.Stored.Entity.Id)]);
        yield return new ConsumerEffects(
            "gate outcomes",
            [.. decoded.Where(e => e.Happened is GateRunEvent).Select(e => e.Stored.EventId)],
            [.. decoded.Where(e => e.Happened is PlanEvent.StateTransition).Select(e => CauseOf(e.Stored, "gate-outcome")).OfType<string>()]);
        yield return new ConsumerEffects(
            "manifests",
            [.. decoded.Where(e => e.Happened is PlanEvent.StateTransition { ManifestId: not null }).Select(e => e.Stored.EventId)],
            [.. decoded.Where(e => e.Stored.Type == "MANIFEST_CREATED").Select(e => CauseOf(e.Stored, "handoff")).OfType<string>()]);
        yield return new ConsumerEffects(
            "carried over plans",
            [.. CarriedOver(decoded)],
            [.. decoded.Where(e => CauseOf(e.Stored, "cycle") is not null)
                .Select(e => $"{e.Stored.Entity.Id} to {((PlanEvent.PlanUpdated)e.Happened).CycleId}")]);
    }

    /// <summary>Reactors' commands are named reactor/event/number.</summary>
    private static string? CauseOf(StoredEvent e, string reactor) =>
        e.CommandId.Split('/') is [var name, var cause, _] && name == reactor ? cause : null;

    /// <summary>Whoever was unfinished in a cycle when that was closed goes on in the next.</summary>
    private static IEnumerable<string> CarriedOver(IEnumerable<(StoredEvent Stored, object Happened)> log)
    {
        var unfinished = new Dictionary<string, string>();
        foreach (var (stored, happened) in log)
        {
            switch (happened)
            {
                case PlanEvent.PlanCreated created:
                    unfinished[stored.Entity.Id] = created.CycleId.Value;
                    break;
                case PlanEvent.PlanUpdated { CycleId: { } cycle }:
                    unfinished[stored.Entity.Id] = cycle.Value;
                    break;
                case PlanEvent.StateTransition { Outcome: TransitionOutcome.Moved, ToState: PlanStatus.Completed or PlanStatus.Withdrawn }:
                    unfinished.Remove(stored.Entity.Id);
                    break;
                case CycleEvent.CycleClosed closed:
                    foreach (var (plan, _) in unfinished.Where(p => p.Value == closed.CycleId.Value).ToArray())
                        yield return $"{plan} to {closed.NextCycle}";
                    break;
                default:
                    break;
            }
        }
    }
}
