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
        var (owed, made) = Departures(decoded);
        yield return new ConsumerEffects("carried over plans", owed, made);
    }

    /// <summary>Reactors' commands are named reactor/event/number.</summary>
    private static string? CauseOf(StoredEvent e, string reactor) =>
        e.CommandId.Split('/') is [var name, var cause, _] && name == reactor ? cause : null;

    /// <summary>
    /// Whoever is unfinished in a cycle that is closed leaves it, once, for one that follows it. Reactions to two closes may
    /// change places: a plan then leaves both at once, or comes into the first when that is closed too, and leaves it again.
    /// </summary>
    private static (IReadOnlyList<string> Owed, IReadOnlyList<string> Made) Departures(IEnumerable<(StoredEvent Stored, object Happened)> log)
    {
        var (owed, made) = (new List<string>(), new List<string>());
        var home = new Dictionary<string, string>();
        var next = new Dictionary<string, string>();
        foreach (var (stored, happened) in log)
        {
            var plan = stored.Entity.Id;
            switch (happened)
            {
                case PlanEvent.PlanCreated created:
                    Arrive(plan, created.CycleId.Value);
                    break;
                case PlanEvent.PlanUpdated { CycleId: { } cycle } when CauseOf(stored, "cycle") is not null:
                    made.Add(Follows(home[plan], cycle.Value) ? $"{plan} leaves {home[plan]}" : $"{plan} goes from {home[plan]} to {cycle}, which does not follow it");
                    Arrive(plan, cycle.Value);
                    break;
                case PlanEvent.PlanUpdated { CycleId: { } cycle }:
                    Arrive(plan, cycle.Value);
                    break;
                case PlanEvent.StateTransition { Outcome: TransitionOutcome.Moved, ToState: PlanStatus.Completed or PlanStatus.Withdrawn }:
                    home.Remove(plan);
                    break;
                case CycleEvent.CycleClosed { NextCycle: { } follower } closed:
                    next[closed.CycleId.Value] = follower.Value;
                    owed.AddRange(home.Where(p => p.Value == closed.CycleId.Value).Select(p => $"{p.Key} leaves {p.Value}"));
                    break;
                default:
                    break;
            }
        }
        return (owed, made);

        void Arrive(string plan, string cycle)
        {
            home[plan] = cycle;
            if (next.ContainsKey(cycle))
                owed.Add($"{plan} leaves {cycle}");
        }

        bool Follows(string from, string to)
        {
            var seen = new HashSet<string>();
            for (var at = from; seen.Add(at) && next.TryGetValue(at, out var follower); at = follower)
            {
                if (follower == to)
                    return true;
            }
            return false;
        }
    }
}
