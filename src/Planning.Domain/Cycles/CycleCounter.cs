using System.Collections.Immutable;
using Planning.Domain.Gates;
using Planning.Domain.Handoff;
using Planning.Domain.Plans;

namespace Planning.Domain.Cycles;

/// <summary>Counts what belongs to a cycle at the moment in which it closes, and takes it out, so that no later one counts it again.</summary>
internal sealed class CycleCounter(
    CycleChain chain, IReadOnlyDictionary<ManifestId, HandoffTrack> handoffs, Happened closing, CycleEvent.CycleClosed closed)
{
    private readonly CycleId cycle = closed.CycleId;
    private readonly Dictionary<CycleId, bool> countsHere = [];
    private readonly ImmutableArray<PlanFacts>.Builder plans = ImmutableArray.CreateBuilder<PlanFacts>();
    private readonly ImmutableArray<TaskDone>.Builder tasks = ImmutableArray.CreateBuilder<TaskDone>();
    private readonly ImmutableArray<ReportFact>.Builder reports = ImmutableArray.CreateBuilder<ReportFact>();
    private readonly ImmutableArray<EscapedDefect>.Builder defects = ImmutableArray.CreateBuilder<EscapedDefect>();
    private readonly ImmutableArray<GateRunFact>.Builder gateRuns = ImmutableArray.CreateBuilder<GateRunFact>();
    private readonly ImmutableArray<HandoffFact>.Builder sealedHandoffs = ImmutableArray.CreateBuilder<HandoffFact>();
    private readonly ImmutableArray<ApprovalFact>.Builder approvals = ImmutableArray.CreateBuilder<ApprovalFact>();
    private readonly ImmutableArray<ViolationFact>.Builder violations = ImmutableArray.CreateBuilder<ViolationFact>();
    private readonly ImmutableArray<TransitionFact>.Builder transitions = ImmutableArray.CreateBuilder<TransitionFact>();

    public CycleFacts Count(IEnumerable<PlanTrack> inOrder)
    {
        foreach (var plan in inOrder)
            Count(plan);
        var track = chain[cycle];
        return new CycleFacts(track.Opened, closed, closing.Position, closing.At)
        {
            Next = chain.Find(closed.NextCycle ?? track.Follower)?.Opened,
            Sources = [track.OpenedBy, closing.Ref],
            Plans = plans.ToImmutable(),
            TasksDone = tasks.ToImmutable(),
            Reports = reports.ToImmutable(),
            Defects = defects.ToImmutable(),
            GateRuns = gateRuns.ToImmutable(),
            Handoffs = sealedHandoffs.ToImmutable(),
            Approvals = approvals.ToImmutable(),
            Violations = violations.ToImmutable(),
            Transitions = transitions.ToImmutable(),
        };
    }

    /// <summary>Asked for every event; there are few cycles and many events.</summary>
    private bool CountsHere(CycleId home) =>
        countsHere.TryGetValue(home, out var known) ? known : countsHere[home] = chain.OwnerOf(home) == cycle;

    private void Count(PlanTrack plan)
    {
        var events = plan.Take(CountsHere);
        var belongs = !plan.ClosedOut && CountsHere(plan.Home);
        if (!belongs && events.Count == 0)
            return;
        var path = Path(plan);
        var reported = Evidence.Of(path, plan.Reports);
        plans.Add(Facts(plan, belongs, path));
        foreach (var happened in events)
            Count(plan, happened, Evidence.Of(path, [happened.Ref]), reported);
        CountTasks(plan, reported);
        plan.ClosedOut |= belongs && plan.State.IsClosed;
    }

    private void Count(PlanTrack plan, Happened happened, ImmutableArray<EventRef> sources, ImmutableArray<EventRef> reported)
    {
        switch (happened.Event)
        {
            case GateRunEvent.GatePassed e:
                gateRuns.Add(new GateRunFact(plan.Id, e.Report, sources));
                break;
            case GateRunEvent.GateFailed e:
                gateRuns.Add(new GateRunFact(plan.Id, e.Report, sources));
                break;
            case ManifestEvent.ManifestSealed e:
                var handoff = handoffs[e.ManifestId];
                EventRef[] way = handoff.ExecutedBy is { } executed ? [handoff.PackedBy, executed] : [handoff.PackedBy];
                sealedHandoffs.Add(new HandoffFact(plan.Id, e.ManifestId, handoff.ExecutedBy is not null, Evidence.Of(sources, way)));
                break;
            case PlanEvent.ApprovalRecorded e:
                approvals.Add(new ApprovalFact(plan.Id, e, sources));
                break;
            case PlanEvent.GovernanceViolation e:
                violations.Add(new ViolationFact(plan.Id, e, sources));
                break;
            case PlanEvent.StateTransition e:
                transitions.Add(new TransitionFact(plan.Id, e, happened.At, sources));
                break;
            case PlanEvent.ExecutionReported { Report: var report }:
                reports.Add(new ReportFact(plan.Id, report.Outcome, report.Environment, !report.Tasks.IsEmpty, reported));
                foreach (var defect in report.Defects.Where(d => plan.CountedDefects.Add(d.DefectId)))
                    defects.Add(new EscapedDefect(plan.Id, defect, reported));
                break;
        }
    }

    private void CountTasks(PlanTrack plan, ImmutableArray<EventRef> reported)
    {
        foreach (var (id, (task, home)) in plan.Tasks)
        {
            if (task.DoneAt is not { } doneAt || !CountsHere(home) || !plan.CountedTasks.TryAdd(id, task.Points))
                continue;
            tasks.Add(new TaskDone(plan.Id, id, task.Points, task.StartedAt, doneAt, reported));
        }
    }

    private static PlanFacts Facts(PlanTrack plan, bool belongs, ImmutableArray<EventRef> path) =>
        new(plan.Id, plan.State.Title, plan.State.Stream, plan.State.Status, plan.State.Tags, belongs, plan.Homes.Count > 1 ? plan.Homes[^2].Cycle : null)
        {
            Planned = plan.BacklogWith(path),
            Timeline = plan.TimelineWith(path),
            TasksDoneBefore = plan.CountedTasks.Count,
            PointsDoneBefore = plan.CountedTasks.Values.Sum() ?? 0,
            TagSources = plan.TaggedWith(path),
            Sources = Evidence.Of(plan.MovedWith(path)),
        };

    /// <summary>What put the plan into this cycle: its creation, each time it was carried over, and the cycles that it passed through.</summary>
    private ImmutableArray<EventRef> Path(PlanTrack plan)
    {
        var passed = plan.Homes.SelectMany(h => chain.Walk(h.Cycle)).Append(cycle).Distinct();
        return Evidence.Of(
            plan.Homes.Select(h => h.By),
            passed.Select(c => chain.Find(c)).OfType<CycleTrack>().SelectMany(c => c.Events),
            [closing.Ref]);
    }
}
