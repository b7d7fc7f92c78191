using System.Collections.Immutable;
using Planning.Domain.Gates;
using Planning.Domain.Handoff;
using Planning.Domain.Plans;

namespace Planning.Domain.Cycles;

/// <summary>
/// Counts what belongs to a cycle at the moment in which it closes, or as if it closed then. Counting changes nothing; what
/// a closing cycle has counted is taken out afterwards, so that no later one counts it again.
/// </summary>
/// <param name="closedBy">The event that closes it; null while it is open.</param>
internal sealed class CycleCounter(
    CycleChain chain, IReadOnlyDictionary<ManifestId, HandoffTrack> handoffs, CycleEvent.CycleClosed closed, long position, DateTimeOffset at, EventRef? closedBy)
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
        return new CycleFacts(track.Opened, closed, position, at)
        {
            Next = chain.Find(closed.NextCycle ?? track.Follower)?.Opened,
            Sources = [track.OpenedBy, .. Closing],
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

    /// <summary>Nothing of what was counted counts again.</summary>
    public void TakeOut(CycleFacts counted, IReadOnlyDictionary<PlanId, PlanTrack> tracks)
    {
        foreach (var plan in tracks.Values)
        {
            plan.Uncounted.RemoveAll(u => CountsHere(u.Home));
            plan.ClosedOut |= Belongs(plan) && plan.State.IsClosed;
        }
        foreach (var task in counted.TasksDone)
            tracks[task.Plan].CountedTasks.Add(task.TaskId, task.Points);
        foreach (var escaped in counted.Defects)
            tracks[escaped.Plan].CountedDefects.Add(escaped.Defect.DefectId);
    }

    private IEnumerable<EventRef> Closing => closedBy is { } by ? [by] : [];

    private bool Belongs(PlanTrack plan) => !plan.ClosedOut && CountsHere(plan.Home);

    /// <summary>Asked for every event; there are few cycles and many events.</summary>
    private bool CountsHere(CycleId home) =>
        countsHere.TryGetValue(home, out var known) ? known : countsHere[home] = chain.OwnerOf(home) == cycle;

    private void Count(PlanTrack plan)
    {
        var events = plan.Uncounted.Where(u => CountsHere(u.Home)).Select(u => u.Happened).ToArray();
        var belongs = Belongs(plan);
        if (!belongs && events.Length == 0)
            return;
        var path = Path(plan);
        var reported = Evidence.Of(path, plan.Reports);
        plans.Add(Facts(plan, belongs, path));
        var known = new HashSet<string>(plan.CountedDefects, StringComparer.Ordinal);
        foreach (var happened in events)
            Count(plan, happened, Evidence.Of(path, [happened.Ref]), reported, known);
        CountTasks(plan, reported);
    }

    private void Count(PlanTrack plan, Happened happened, ImmutableArray<EventRef> sources, ImmutableArray<EventRef> reported, HashSet<string> knownDefects)
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
                foreach (var defect in report.Defects.Where(d => knownDefects.Add(d.DefectId)))
                    defects.Add(new EscapedDefect(plan.Id, defect, reported));
                break;
        }
    }

    private void CountTasks(PlanTrack plan, ImmutableArray<EventRef> reported)
    {
        foreach (var (id, (task, home)) in plan.Tasks)
        {
            if (task.DoneAt is not { } doneAt || !CountsHere(home) || plan.CountedTasks.ContainsKey(id))
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
            Closing);
    }
}
