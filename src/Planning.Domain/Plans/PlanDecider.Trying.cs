using Planning.Domain.Rulebooks;

namespace Planning.Domain.Plans;

/// <summary>What would happen under other rules, before they hold.</summary>
public sealed partial class PlanDecider
{
    /// <summary>
    /// The gate that the plan meets next, as a request at this moment would start it; null where none stands before it, and for a
    /// plan that waits for a gate run: that ends under the rules it began with.
    /// </summary>
    /// <param name="run">Stands for the run that nobody asked for.</param>
    public static PlanEvent.GateStarted? NextGate(Plan plan, Rulebook rules, GateRunId run, DateTimeOffset at)
    {
        if (plan.Pending is not null)
            return null;
        var arrow = ArrowFor(plan, Trigger.PackageArtifacts) ?? Lifecycle.Arrows.FirstOrDefault(a => a.From == plan.Status && a.Gated);
        return arrow is null ? null : (PlanEvent.GateStarted)StartGate(plan, arrow, run, new Issued(Actor.System, at, rules));
    }
}
