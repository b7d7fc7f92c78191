using System.Diagnostics;
using Planning.Domain.Environments;
using Planning.Domain.Gates;
using Planning.Domain.Handoff;
using Planning.Domain.Plans;
using Planning.Domain.Refreshes;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Cycles;

/// <summary>
/// Reads a workspace's events in order and says, at each CYCLE_CLOSED, what that cycle came to. The same events give
/// the same facts, however they are cut into batches. An event counts in exactly one cycle: the one its plan was in,
/// or, when that was closed already, the one that follows it.
/// </summary>
public sealed class CycleFold
{
    /// <summary>How many closed cycles are kept: the last one, and the three that its trend is drawn from.</summary>
    public const int Remembered = 4;

    private readonly CycleChain chain = new();
    private readonly Dictionary<PlanId, PlanTrack> plans = [];
    private readonly List<PlanTrack> inOrder = [];
    private readonly Dictionary<ManifestId, HandoffTrack> handoffs = [];
    private readonly List<CycleFacts> closed = [];
    private long position;

    /// <summary>The cycles that closed last, at most <see cref="Remembered"/>, oldest first.</summary>
    public IReadOnlyList<CycleFacts> Closed => closed;

    /// <summary>Unfinished plans whose cycle is closed, with the open cycle in which they go on, in the order of creation.</summary>
    public IEnumerable<Straggler> Stragglers =>
        from plan in inOrder
        where !plan.State.IsClosed && chain.Find(plan.Home) is { Closed: not null } && chain.OwnerOf(plan.Home) is not null
        select new Straggler(plan.Id, [.. chain.Walk(plan.Home)]);

    /// <summary>What an open cycle comes to so far: the facts that it would close with. Null for one that is not open.</summary>
    /// <param name="at">Its last day is the day of this moment.</param>
    public CycleFacts? Present(CycleId cycle, DateTimeOffset at)
    {
        if (chain.Find(cycle) is not { Closed: null } track)
            return null;
        var asIfClosed = new CycleEvent.CycleClosed(cycle, track.Opened.StartsOn, DateOnly.FromDateTime(at.UtcDateTime), [], null, null, RulebookHash: default);
        return new CycleCounter(chain, handoffs, asIfClosed, position, at, closedBy: null).Count(inOrder);
    }

    /// <exception cref="ArgumentException">The event is not after the one before it: it would count twice.</exception>
    public void Apply(Happened happened)
    {
        if (happened.Position <= position)
            throw new ArgumentException($"Event {happened.EventId} at {happened.Position} does not follow position {position}.", nameof(happened));
        position = happened.Position;
        switch (happened.Event)
        {
            case PlanEvent e:
                Apply(happened, e);
                break;
            case GateRunEvent.GatePassed { Report.PlanId: var plan }:
                plans[plan].Keep(happened);
                break;
            case GateRunEvent.GateFailed { Report.PlanId: var plan }:
                plans[plan].Keep(happened);
                break;
            case ManifestEvent.ManifestSealed e:
                handoffs[e.ManifestId].Plan.Keep(happened);
                break;
            case CycleEvent.CycleOpened e:
                chain.Open(e, happened.Ref);
                break;
            case CycleEvent.CycleClosed e:
                Close(happened, e);
                break;
            case ManifestEvent.ManifestCreated or ManifestEvent.ManifestSigned or RulebookEvent or EnvironmentEvent or RefreshEvent:
                // Nothing that a cycle counts: the seal says who signed, the close says which rules held.
                break;
            default:
                throw new UnreachableException($"The facts of a cycle know no event {happened.Event.GetType().Name}.");
        }
    }

    private void Apply(Happened happened, PlanEvent e)
    {
        var id = new PlanId(happened.Entity.Id);
        if (!plans.TryGetValue(id, out var plan))
            inOrder.Add(plans[id] = plan = new PlanTrack(id));
        plan.Apply(happened, e);
        if (e is not PlanEvent.StateTransition { Outcome: TransitionOutcome.Moved } moved)
            return;
        if (moved.ManifestId is { } packed)
            handoffs[packed] = new HandoffTrack(plan, happened.Ref);
        if (moved.Trigger == Trigger.BeginExecution && plan.State.LastManifest is { } manifest)
            handoffs[manifest].ExecutedBy ??= happened.Ref;
    }

    private void Close(Happened happened, CycleEvent.CycleClosed e)
    {
        var counter = new CycleCounter(chain, handoffs, e, happened.Position, happened.At, happened.Ref);
        var facts = counter.Count(inOrder);
        counter.TakeOut(facts, plans);
        closed.Add(facts);
        if (closed.Count > Remembered)
            closed.RemoveAt(0);
        var cycle = chain[e.CycleId];
        (cycle.Closed, cycle.ClosedBy) = (e, happened.Ref);
    }
}

/// <summary>A manifest: whose it is, and whether that plan was executed with it.</summary>
internal sealed class HandoffTrack(PlanTrack plan, EventRef packedBy)
{
    public PlanTrack Plan => plan;
    public EventRef PackedBy => packedBy;
    public EventRef? ExecutedBy { get; set; }
}

/// <summary>An unfinished plan whose cycle is closed.</summary>
/// <param name="Way">From the cycle that it is in, over those that followed and are closed too, to the open one in which it goes on.</param>
public sealed record Straggler(PlanId Plan, IReadOnlyList<CycleId> Way)
{
    public CycleId GoesOnIn => Way[^1];

    /// <summary>The closed cycles behind which it goes on.</summary>
    public IEnumerable<CycleId> Left => Way.SkipLast(1);
}
