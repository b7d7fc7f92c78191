using Planning.History;

namespace Planning.Crash.Tests.History;

/// <summary>Each breaks a good history in one way, at a place that the seed chooses, and names the promise that is broken.</summary>
internal static class Mutants
{
    public static IReadOnlyDictionary<string, (Promise Broken, Func<Observations, Random, Observations> Apply)> All { get; } =
        new Dictionary<string, (Promise, Func<Observations, Random, Observations>)>
        {
            ["loses an acknowledgement"] = (Promise.AcknowledgedIsKept, (h, r) => LoseAcknowledged(h, r)),
            ["acknowledges a place where something else is"] = (Promise.AcknowledgedIsKept, (h, r) => Acknowledge(h, r, p => p with { Position = p.Position + 1 })),
            ["acknowledges another version"] = (Promise.AcknowledgedIsKept, (h, r) => Acknowledge(h, r, p => p with { Version = p.Version - 1 })),
            ["carries a command out twice"] = (Promise.CommandOnce, (h, r) => Double(h, Picked(h.Log, r))),
            ["carries the last command out twice at once"] = (Promise.CommandOnce, (h, _) => Double(h, h.Log[^1])),
            ["carries a command out on two plans"] = (Promise.CommandOnce, TwoPlans),
            ["leaves an event of a refused command"] = (Promise.RefusedLeavesNothing, (h, r) => Refuse(h, r)),
            ["has an event twice"] = (Promise.EventOnce, (h, r) => h with { Log = [.. Replaced(h.Log, r.Next(1, 50), e => e with { EventId = h.Log[60].EventId })] }),
            ["has a hole in its positions"] = (Promise.PositionsWithoutHoles, (h, r) => h with { Log = [.. Shifted(h.Log, r.Next(90))] }),
            ["begins with a hole"] = (Promise.PositionsWithoutHoles, (h, _) => h with { Log = [.. Shifted(h.Log, 0)] }),
            ["has a position twice"] = (Promise.PositionsWithoutHoles, (h, r) => At(h, r.Next(1, 90), (before, e) => e with { Position = before.Position })),
            ["has positions out of order"] = (Promise.PositionsWithoutHoles, (h, r) => Swapped(h, r.Next(1, 90))),
            ["has a hole in a plan's versions"] = (Promise.VersionsWithoutHoles, (h, r) => h with { Log = [.. Replaced(h.Log, r.Next(90), e => e with { Version = e.Version + 1 })] }),
            ["has a version twice"] = (Promise.VersionsWithoutHoles, (h, r) => h with { Log = [.. Replaced(h.Log, LaterVersion(h.Log, r), e => e with { Version = e.Version - 1 })] }),
            ["skips an event for one consumer"] = (Promise.EffectNotMissing, (h, r) => Effects(h, r, found => found.RemoveAt(r.Next(found.Count)))),
            ["doubles an effect"] = (Promise.EffectOnce, (h, r) => Effects(h, r, found => found.Add(found[r.Next(found.Count)]))),
            ["has an effect of nothing"] = (Promise.EffectOnce, (h, r) => Effects(h, r, found => found.Add("evt_nobody"))),
        };

    private static LoggedEvent Picked(IReadOnlyList<LoggedEvent> log, Random random) => log[random.Next(log.Count)];

    private static ClientCommand Acknowledged(Observations h, Random random) =>
        h.Commands.Where(c => c.Verdict is Verdict.Acknowledged { Place: not null }).OrderBy(_ => random.Next()).First();

    /// <summary>What a writer does that answers without appending: nothing is in the log, and all numbers close up.</summary>
    private static Observations LoseAcknowledged(Observations h, Random random) =>
        h with { Commands = [.. h.Commands, new ClientCommand("cmd_lost", Picked(h.Log, random).Entity, new Verdict.Acknowledged(new Place(7, 7)))] };

    private static Observations Acknowledge(Observations h, Random random, Func<Place, Place> wrong)
    {
        var lied = Acknowledged(h, random);
        return h with { Commands = [.. h.Commands.Select(c => c == lied ? c with { Verdict = new Verdict.Acknowledged(wrong(((Verdict.Acknowledged)c.Verdict).Place!)) } : c)] };
    }

    /// <summary>Once more at the end of its partition, with numbers as they should be.</summary>
    private static Observations Double(Observations h, LoggedEvent e)
    {
        var last = h.Log.Last(o => o.Partition == e.Partition);
        var version = h.Log.Where(o => o.Entity == e.Entity).Max(o => o.Version);
        var again = e with { Position = last.Position + 1, Version = version + 1, EventId = "evt_again", At = e.At.AddSeconds(1) };
        return h with { Log = [.. h.Log.Where(o => o.Partition <= e.Partition), again, .. h.Log.Where(o => o.Partition > e.Partition)] };
    }

    private static Observations TwoPlans(Observations h, Random random)
    {
        var e = Picked(h.Log, random);
        var elsewhere = new LoggedEvent(9, 1, "default/Plan/pln_elsewhere", 1, "evt_elsewhere", e.Type, e.CommandId, e.At);
        return h with { Log = [.. h.Log, elsewhere] };
    }

    private static Observations Refuse(Observations h, Random random)
    {
        var done = Acknowledged(h, random);
        return h with { Commands = [.. h.Commands.Select(c => c == done ? c with { Verdict = new Verdict.Refused("illegal_transition") } : c)] };
    }

    private static IEnumerable<LoggedEvent> Shifted(IReadOnlyList<LoggedEvent> log, int from) =>
        log.Select((e, i) => i >= from && e.Partition == log[from].Partition ? e with { Position = e.Position + 1 } : e);

    private static IEnumerable<LoggedEvent> Replaced(IReadOnlyList<LoggedEvent> log, int at, Func<LoggedEvent, LoggedEvent> change) =>
        log.Select((e, i) => i == at ? change(e) : e);

    private static Observations At(Observations h, int at, Func<LoggedEvent, LoggedEvent, LoggedEvent> change) =>
        h with { Log = [.. Replaced(h.Log, at, e => change(h.Log[at - 1], e))] };

    private static Observations Swapped(Observations h, int at)
    {
        var log = h.Log.ToList();
        (log[at - 1], log[at]) = (log[at], log[at - 1]);
        return h with { Log = log };
    }

    private static int LaterVersion(IReadOnlyList<LoggedEvent> log, Random random) =>
        Enumerable.Range(0, log.Count).Where(i => log[i].Version > 1).OrderBy(_ => random.Next()).First();

    private static Observations Effects(Observations h, Random random, Action<List<string>> change)
    {
        var chosen = random.Next(h.Effects.Count);
        return h with
        {
            Effects = [.. h.Effects.Select((e, i) =>
            {
                if (i != chosen)
                    return e;
                var found = e.Found.ToList();
                change(found);
                return e with { Found = found };
            })],
        };
    }
}
