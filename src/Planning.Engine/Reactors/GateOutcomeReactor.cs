using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Gates;
using Planning.Engine.Handoff;
using Planning.Engine.Log;

namespace Planning.Engine.Reactors;

/// <summary>A gate run has ended → its plan moves or stays.</summary>
public sealed class GateOutcomeReactor(IEntityHost host, ManifestInspector manifests) : IReactor
{
    public string Name => "gate-outcome";

    public IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal) { "GATE_PASSED", "GATE_FAILED" };

    public async Task ReactAsync(StoredEvent happened, CancellationToken cancellation)
    {
        var report = EventCodec.Decode(happened) switch
        {
            GateRunEvent.GatePassed passed => passed.Report,
            GateRunEvent.GateFailed failed => failed.Report,
            var other => throw new System.Diagnostics.UnreachableException($"{other.GetType().Name} is no outcome of a gate run."),
        };
        var plan = EntityKey.Of(happened.Entity.Workspace, report.PlanId);
        var facts = report.Trigger == Trigger.BeginExecution ? await manifests.InspectAsync(plan, cancellation) : null;
        // Packed, a manifest's id derives from the run that let it pass: the same run never makes two.
        var manifest = new ManifestId(Ids.Derived(Ids.Dated("hnd_", happened.At), report.GateRunId.Value));
        await new Reaction(this, happened, host).SendAsync(
            plan,
            new PlanCommand.CompleteTransition(report.GateRunId, report.Outcome == GateOutcome.Passed, GateBlockers.Of(report), facts, manifest),
            cancellation);
    }
}
