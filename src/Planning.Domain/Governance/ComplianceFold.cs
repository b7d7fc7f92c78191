using System.Collections.Immutable;
using Planning.Domain.Cycles;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;

namespace Planning.Domain.Governance;

/// <summary>
/// Reads a workspace's events in order and keeps what governance judges: every open plan, which of them are being executed
/// and since when, and which rulebook holds. The same events give the same verdicts, however they are cut into batches.
/// </summary>
public sealed class ComplianceFold
{
    private readonly Dictionary<PlanId, OpenPlan> plans = [];

    /// <summary>Plans to be looked at, with the event that touched them last.</summary>
    private readonly Dictionary<PlanId, string> unsettled = [];

    /// <summary>Of the last event; 0 before the first.</summary>
    public long Position { get; private set; }

    /// <summary>The rulebook that was activated last; null while the shipped one holds.</summary>
    public ContentHash? Rulebook { get; private set; }

    /// <summary>Whether there are plans to be looked at.</summary>
    public bool HasUnsettled => unsettled.Count > 0;

    /// <exception cref="ArgumentException">The event is not after the one before it.</exception>
    public void Apply(Happened happened)
    {
        Pass(happened.Position);
        switch (happened.Event)
        {
            case PlanEvent e:
                Apply(new PlanId(happened.Entity.Id), happened, e);
                break;
            case RulebookEvent.RulebookActivated e:
                Rulebook = e.RulebookHash;
                foreach (var (id, _) in plans.Where(p => p.Value.IsExecuting))
                    unsettled[id] = happened.EventId;
                break;
        }
    }

    /// <summary>An event about which governance has nothing to say.</summary>
    /// <exception cref="ArgumentException">It is not after the one before it.</exception>
    public void Pass(long position)
    {
        if (position <= Position)
            throw new ArgumentException($"An event at {position} does not follow position {Position}.", nameof(position));
        Position = position;
    }

    /// <param name="rules">Those of <see cref="Rulebook"/>.</param>
    /// <param name="at">Plans that are not being executed are judged as if they were begun now.</param>
    public ComplianceReport Judge(ComplianceQuery query, Rulebook rules, DateTimeOffset at)
    {
        var found = plans.Values
            .Where(p => p.CreatedAt < query.Before && (query.Stream is null || p.State.Stream == query.Stream))
            .OrderByDescending(p => p.CreatedAt)
            .Select(p => p.Judge(rules, at))
            .Where(p => query.Compliant is null || p.IsCompliant == query.Compliant)
            .Take(query.Limit == int.MaxValue ? int.MaxValue : query.Limit + 1)
            .ToImmutableArray();
        return found.Length > query.Limit
            ? new(Position, at, rules.Hash, found[..query.Limit], found[query.Limit - 1].CreatedPosition)
            : new(Position, at, rules.Hash, found, null);
    }

    /// <summary>
    /// Plans that are being executed although something is missing that was not recorded yet. Asking takes them out: each
    /// is named again only when an event touches it again.
    /// </summary>
    public IReadOnlyList<ComplianceCheck> TakeUnrecorded(Rulebook rules)
    {
        var broken = (
            from touched in unsettled
            where plans.ContainsKey(touched.Key)
            let plan = plans[touched.Key]
            where plan.IsExecuting && PlanDecider.NewViolation(plan.State, rules, plan.BeganAt) is not null
            orderby plan.CreatedAt
            select new ComplianceCheck(touched.Key, touched.Value, new PlanCommand.CheckCompliance(rules.Hash, plan.BeganAt))).ToArray();
        unsettled.Clear();
        return broken;
    }

    /// <summary>Names them again, as after a check that could not be sent.</summary>
    /// <returns>How many plans are to be looked at.</returns>
    public int PutBack(IEnumerable<ComplianceCheck> checks)
    {
        foreach (var check in checks)
            unsettled.TryAdd(check.Plan, check.EventId);
        return unsettled.Count;
    }

    private void Apply(PlanId id, Happened happened, PlanEvent e)
    {
        if (e is PlanEvent.PlanCreated)
            plans[id] = new OpenPlan(happened.Position);
        if (!plans.TryGetValue(id, out var plan))
            return;
        plan.Apply(e, happened.At);
        if (plan.State.IsClosed)
            plans.Remove(id);
        else if (plan.IsExecuting)
            unsettled[id] = happened.EventId;
    }

    private sealed class OpenPlan(long createdAt)
    {
        public long CreatedAt => createdAt;
        public Plan State { get; private set; } = Plan.None;

        /// <summary>When it was begun last; of no meaning before.</summary>
        public DateTimeOffset BeganAt { get; private set; }

        public bool IsExecuting => State.IsExecuting;

        public void Apply(PlanEvent e, DateTimeOffset at)
        {
            State = PlanDecider.Evolve(State, e);
            if (e is PlanEvent.StateTransition { Outcome: TransitionOutcome.Moved, Trigger: Trigger.BeginExecution })
                BeganAt = at;
        }

        public PlanCompliance Judge(Rulebook rules, DateTimeOffset at)
        {
            var judgedAt = IsExecuting ? BeganAt : at;
            var verdict = GovernanceEvaluator.Evaluate(State, rules, judgedAt);
            return new PlanCompliance(
                State.Id, CreatedAt, State.Title, State.Stream, State.Status, State.ContentHash, judgedAt, verdict.Enforced, verdict.Warnings, State.Violation);
        }
    }
}

/// <summary>A plan whose compliance is to be checked, and recorded if it is broken.</summary>
/// <param name="EventId">The event that made it necessary.</param>
public sealed record ComplianceCheck(PlanId Plan, string EventId, PlanCommand.CheckCompliance Command);
